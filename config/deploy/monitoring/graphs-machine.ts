// The lower half of the dashboard: what the server needs for it.
import type { Row } from './panels.ts';
import { countOf, of, quantileOf, rateOf, sumOf } from './queries.ts';

const server = 'instance=~"$instance",job="auditoria"';

export const workers: Row = {
  title: 'Media workers',
  graphs: [
    {
      ...{
        title: 'Processor',
        unit: 'percentunit',
        warnFrom: 0.8,
        alarmFrom: 0.95,
        description: 'Share of one core, by worker. Sound stutters near 1.',
      },
      lines: [[of('worker_cpu_share'), '{{instance}} {{worker}}']],
    },
    {
      ...{
        title: 'Fullness',
        unit: 'percentunit',
        warnFrom: 1,
        description: 'What flows and is expected, as a share of what is planned for a worker.',
      },
      lines: [[of('worker_fullness'), '{{instance}} {{worker}}']],
    },
    {
      ...{
        title: 'Relief',
        unit: 'short',
        most: 3,
        description: 'What rooms do without: 0 nothing, 1 no new cameras, 2 small pictures, 3 no cameras of students.',
      },
      lines: [
        [of('worker_pressure'), '{{instance}} {{worker}}'],
        [of('pressure'), '{{instance}} machine'],
      ],
    },
    {
      ...{ title: 'Media in and out', unit: 'Bps', description: 'Bytes a second, from people and to people.' },
      lines: [
        [rateOf('rtp_received_bytes_total'), 'in'],
        [rateOf('rtp_sent_bytes_total'), 'out'],
      ],
    },
    {
      ...{ title: 'Packets', unit: 'pps', description: 'A second, by worker.' },
      lines: [[of('worker_packets_per_second'), '{{instance}} {{worker}}']],
    },
    {
      ...{
        title: 'Loss from people to the server',
        unit: 'percentunit',
        description: 'Of all packets; and the mean of all lines both ways.',
      },
      lines: [
        [
          `${rateOf('rtp_lost_packets_total')} / (${rateOf('rtp_received_packets_total')} + ${rateOf('rtp_lost_packets_total')})`,
          'packets that never came',
        ],
        [`avg(${of('rtp_loss_share')})`, 'mean of the lines'],
      ],
    },
    {
      ...{ title: 'What they carry', unit: 'short', description: 'Rooms, transports, tracks and subscriptions of all workers.' },
      lines: [
        [sumOf('worker_rooms'), 'rooms'],
        [sumOf('worker_transports'), 'transports'],
        [sumOf('worker_producers'), 'tracks'],
        [sumOf('worker_consumers'), 'subscriptions'],
      ],
    },
    {
      ...{ title: 'Workers', unit: 'short', description: 'How many live, how many there should be, and deaths.' },
      lines: [
        [sumOf('workers_running'), 'live'],
        [sumOf('workers_wanted'), 'wanted'],
        [sumOf('worker_drained'), 'drained'],
        [countOf('worker_deaths_total'), 'died'],
        [countOf('room_media_failures_total'), 'rooms that lost their media'],
      ],
    },
    {
      ...{ title: 'Processor time', unit: 'percentunit', description: 'Counted over the width of a point, by worker.' },
      lines: [[rateOf('worker_cpu_seconds_total', 'instance, worker'), '{{instance}} {{worker}}']],
    },
  ],
};

export const recorder: Row = {
  title: 'Recorder',
  graphs: [
    {
      ...{ title: 'Recordings', unit: 'short', description: 'That run, and how often the recorder died.' },
      lines: [
        [sumOf('recordings', 'state'), '{{state}}'],
        [countOf('recorder_deaths_total'), 'recorder died'],
      ],
    },
    {
      ...{ title: 'Written', unit: 'Bps', description: 'Bytes of media a second.' },
      lines: [[rateOf('recorded_bytes_total'), 'written']],
    },
    {
      ...{
        title: 'Waiting for the disk',
        unit: 's',
        warnFrom: 1,
        alarmFrom: 2,
        description: 'How long what is recorded waits until it is written.',
      },
      lines: [
        [quantileOf(0.5, 'record_write_seconds'), 'half'],
        [quantileOf(0.99, 'record_write_seconds'), '99 %'],
      ],
    },
    {
      ...{
        title: 'Space for recordings',
        unit: 'percentunit',
        most: 1,
        width: 12,
        description: 'Share that is free. Below 15 % administrators are told, below 5 % cameras are left out.',
      },
      lines: [[`${of('recording_space_free_bytes')} / ${of('recording_space_bytes')}`, '{{instance}} free']],
    },
    {
      ...{ title: 'Level of the space', unit: 'short', most: 1, width: 12, description: 'The one that holds is 1.' },
      lines: [[`max by (level) (${of('recording_space_level')})`, '{{level}}']],
    },
  ],
};

export const records: Row = {
  title: 'Database and deliveries',
  graphs: [
    {
      ...{ title: 'Queries', unit: 'ops', description: 'A second, by kind.' },
      lines: [[rateOf('database_query_seconds_count', 'kind'), '{{kind}}']],
      stacked: true,
    },
    {
      ...{ title: 'Time of queries', unit: 's', warnFrom: 0.2, description: 'Of the slowest twentieth, by kind.' },
      lines: [[quantileOf(0.95, 'database_query_seconds', 'kind'), '{{kind}}']],
    },
    {
      ...{
        title: 'Queries that failed',
        unit: 'short',
        description: 'refused: by a rule of the tables. away: the database did not answer.',
      },
      lines: [[countOf('database_errors_total', 'kind, outcome'), '{{kind}} {{outcome}}']],
    },
    {
      ...{ title: 'Connections', unit: 'short', description: 'In use and at rest, how many there may be, and who waits for one.' },
      lines: [
        [sumOf('database_connections', 'state'), '{{state}}'],
        [sumOf('database_connections_most'), 'most'],
        [sumOf('database_waiting'), 'waiting'],
      ],
    },
    {
      ...{ title: 'Size', unit: 'bytes', description: 'Of the database.' },
      lines: [[of('database_bytes'), '{{instance}}']],
    },
    {
      ...{
        title: 'Away',
        unit: 's',
        alarmFrom: 1,
        description: 'How long the database has been away; 1 for stuck means that the local disk is full as well.',
      },
      lines: [
        [of('database_away_seconds'), '{{instance}} away'],
        [of('held_stuck'), '{{instance}} stuck'],
      ],
    },
    {
      ...{ title: 'Held', unit: 'short' },
      description:
        'Entries on the local disk that wait for the database; and minutes of quality histories that were dropped, as they do not wait.',
      lines: [
        [of('held_entries'), '{{instance}}'],
        [countOf('history_lost_total'), 'dropped minutes'],
      ],
    },
    {
      ...{
        title: 'Undelivered',
        unit: 'short',
        description: 'Records for other systems that were not delivered yet, and those that were refused for good.',
      },
      lines: [
        [of('outbox_undelivered'), '{{destination}}'],
        [of('outbox_dead'), '{{destination}} refused'],
      ],
    },
    {
      ...{ title: 'Oldest undelivered', unit: 's', warnFrom: 3600, description: 'Age of the oldest record, by destination.' },
      lines: [[of('outbox_oldest_seconds'), '{{destination}}']],
    },
  ],
};

export const machine: Row = {
  title: 'Main process',
  graphs: [
    {
      ...{ title: 'Main process', unit: 'percentunit', description: 'Share of one core; above 1 with its helping threads.' },
      lines: [[`rate(process_cpu_seconds_total{${server}}[$__rate_interval])`, '{{instance}}']],
    },
    {
      ...{
        title: 'Event loop',
        unit: 's',
        warnFrom: 0.1,
        alarmFrom: 0.25,
        description: 'How late it comes to its work: the mean and the worst hundredth.',
      },
      lines: [
        [`nodejs_eventloop_lag_mean_seconds{${server}}`, '{{instance}} mean'],
        [`nodejs_eventloop_lag_p99_seconds{${server}}`, '{{instance}} 99 %'],
      ],
    },
    {
      ...{ title: 'Memory', unit: 'bytes', description: 'Of the process, and what of it is the heap.' },
      lines: [
        [`process_resident_memory_bytes{${server}}`, '{{instance}}'],
        [`nodejs_heap_size_used_bytes{${server}}`, '{{instance}} heap'],
      ],
    },
    {
      ...{ title: 'Disk', unit: 'percentunit', most: 1, description: 'Share of the data folder’s disk that is free.' },
      lines: [[`${of('disk_free_bytes')} / ${of('disk_bytes')}`, '{{instance}} free']],
    },
    {
      ...{ title: 'Certificate', unit: 's', description: 'How long it is still good, where the server shows one itself.' },
      lines: [[`${of('certificate_ends_timestamp_seconds')} - time()`, '{{instance}} {{of}}']],
    },
    {
      ...{ title: 'Version', unit: 'short', description: 'What runs since when: a new line is a new version.' },
      lines: [[`sum by (version) (${of('info')})`, '{{version}}']],
    },
  ],
};
