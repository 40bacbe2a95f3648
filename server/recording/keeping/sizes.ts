// How many bytes a recording takes where it lies: as its files were summed, or as the recorder counted while they are not.
import { sql } from 'kysely';

const ofFiles = sql`(select coalesce(sum(stored_bytes), 0) from recording_file where recording_file.recording_id = recording.id)`;

/** For queries of the table `recording`. What was made of a recording is among its files. */
export const size = sql<number>`case when ${ofFiles} > recording.bytes then ${ofFiles} else recording.bytes end`;
