// One report: who, when, from where, the verdict at first sight, and all the rest below.
import type { ConnectionReport } from '../../../server/contract/connection-test.ts';
import { judge } from '../../../server/contract/connection-verdict.ts';
import { useText } from '../../i18n/index.ts';
import { StatusChip } from '../../ui/Chip.tsx';
import { deviceOf } from '../account/device.ts';
import { LineFigures } from '../connection-test/LineFigures.tsx';
import { WayList } from '../connection-test/WayList.tsx';

const tones = { video: 'good', sound: 'warn', none: 'danger' } as const;

export function ReportItem({ report }: { readonly report: ConnectionReport }) {
  const { t, dateTime } = useText();
  const { at, person, address, note, verdict, result } = report;
  const { hindrances } = judge(result);
  const device = deviceOf(report.userAgent);
  const from = device ? `${device.browser}, ${device.system}` : report.userAgent;
  return (
    <li className="reports-item">
      <div className="reports-head">
        <strong>{person.name}</strong>
        <StatusChip tone={tones[verdict]}>{t(`connection.verdict.${verdict}`)}</StatusChip>
      </div>
      <p className="connection-quiet">{[dateTime(at), address, from].join(' · ')}</p>
      {note ? <p className="reports-note">{note}</p> : null}
      <details>
        <summary>{t('connection.reports.details')}</summary>
        {hindrances.length > 0 ? (
          <ul className="connection-hindrances">
            {hindrances.map((hindrance) => (
              <li key={hindrance}>{t(`connection.hindrance.${hindrance}`)}</li>
            ))}
          </ul>
        ) : null}
        <WayList result={result} />
        <LineFigures line={result.line} />
      </details>
    </li>
  );
}
