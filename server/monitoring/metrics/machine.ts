// What this process runs on and with: its version, the disk of its data, its certificate.
import { type Instruments, setAll } from './instruments.ts';

export interface MachineReading {
  /** Of the file system of the data folder; null when it cannot be asked. */
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  /** When the certificate ends that the server itself shows; null without one, as behind a proxy. */
  readonly certificateEndsAt: number | null;
}

export interface MachineMetrics {
  set(reading: MachineReading): void;
}

export function machineMetrics(instruments: Instruments, version: string): MachineMetrics {
  instruments.gauge('info', 'Always 1; the label says which version runs', ['version']).set({ version }, 1);
  const free = instruments.gauge('disk_free_bytes', 'Bytes that are left on the disk of the data folder');
  const total = instruments.gauge('disk_bytes', 'Bytes of the disk of the data folder');
  // With a label, as one without would be told as 0 where there is no certificate.
  const ends = instruments.gauge('certificate_ends_timestamp_seconds', 'When the certificate of the server ends', ['of']);
  return {
    set({ disk, certificateEndsAt }) {
      if (disk !== null) {
        free.set(disk.freeBytes);
        total.set(disk.totalBytes);
      }
      setAll(ends, certificateEndsAt === null ? [] : [[{ of: 'https' }, certificateEndsAt / 1000]]);
    },
  };
}
