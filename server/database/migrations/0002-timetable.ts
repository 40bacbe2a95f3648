// The university's timetable: calendar, catalogue with departments, programmes, streams and places, weekly patterns, changes; imports, keys, feeds; the audit log.
import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';
import { searchText, sortKey } from '../text.ts';

type Column = readonly [
  name: string,
  type: 'text' | 'integer' | 'bigint',
  build?: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder,
];

const empty = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo('');
const required = (column: ColumnDefinitionBuilder) => column.notNull();

export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'person', [
    ['external_id', 'text'],
    ['role_faculties', 'text', (c) => c.notNull().defaultTo('{}')],
    ['anonymised_at', 'bigint'],
  ]);
  await db.schema.createIndex('person_external').unique().on('person').column('external_id').execute();

  const catalogue: Column[] = [
    ['external_id', 'text'],
    ['sort_key', 'text', empty],
    ['search_text', 'text', empty],
  ];
  await addColumns(db, 'faculty', catalogue);
  await createTable(db, 'department', [
    ['id', 'text', (c) => c.primaryKey()],
    ['faculty_id', 'text', (c) => c.notNull().references('faculty.id')],
    ['name', 'text', required],
    ...catalogue,
  ]);
  await createTable(db, 'programme', [
    ['id', 'text', (c) => c.primaryKey()],
    ['faculty_id', 'text', (c) => c.notNull().references('faculty.id')],
    ['department_id', 'text', (c) => c.references('department.id')],
    ['code', 'text', required],
    ['name', 'text', required],
    ['field', 'text', required],
    ...catalogue,
  ]);
  await addColumns(db, 'course', [
    ['department_id', 'text', (c) => c.references('department.id')],
    ['credits', 'integer'],
    ['planned_hours', 'integer'],
    ...catalogue,
  ]);
  await addColumns(db, 'student_group', [['programme_id', 'text', (c) => c.references('programme.id')], ...catalogue]);
  await createTable(db, 'stream', [
    ['id', 'text', (c) => c.primaryKey()],
    ['faculty_id', 'text', (c) => c.notNull().references('faculty.id')],
    ['name', 'text', required],
    ...catalogue,
  ]);
  await db.schema
    .createTable('stream_group')
    .addColumn('stream_id', 'text', (c) => c.notNull().references('stream.id').onDelete('cascade'))
    .addColumn('group_id', 'text', (c) => c.notNull().references('student_group.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('stream_group_key', ['stream_id', 'group_id'])
    .execute();
  await createTable(db, 'place', [
    ['id', 'text', (c) => c.primaryKey()],
    ['building', 'text', required],
    ['name', 'text', required],
    ['capacity', 'integer'],
    ...catalogue,
  ]);
  for (const table of ['faculty', 'department', 'programme', 'course', 'student_group', 'stream', 'place']) {
    await db.schema.createIndex(`${table}_external`).unique().on(table).column('external_id').execute();
    await db.schema.createIndex(`${table}_sort`).on(table).columns(['sort_key', 'id']).execute();
  }
  await fillTexts(db);

  await createTable(db, 'academic_year', [
    ['id', 'text', (c) => c.primaryKey()],
    ['name', 'text', required],
    ['starts_on', 'text', required],
    ['ends_on', 'text', required],
  ]);
  await createTable(db, 'term', [
    ['id', 'text', (c) => c.primaryKey()],
    ['year_id', 'text', (c) => c.notNull().references('academic_year.id')],
    ['name', 'text', required],
    ['starts_on', 'text', required],
    ['ends_on', 'text', required],
    ['external_id', 'text', (c) => c.unique()],
  ]);
  await createTable(db, 'bell_schedule', [
    ['id', 'text', (c) => c.primaryKey()],
    ['name', 'text', required],
    ['is_default', 'integer', required],
    ['external_id', 'text', (c) => c.unique()],
  ]);
  await db.schema
    .createTable('bell')
    .addColumn('schedule_id', 'text', (c) => c.notNull().references('bell_schedule.id').onDelete('cascade'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('starts_at', 'text', (c) => c.notNull())
    .addColumn('ends_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('bell_key', ['schedule_id', 'number'])
    .execute();
  await createTable(db, 'calendar_day', [
    ['id', 'text', (c) => c.primaryKey()],
    ['kind', 'text', required],
    ['name', 'text', required],
    ['first_on', 'text', required],
    ['last_on', 'text', required],
    ['taught_as_weekday', 'integer'],
    ['taught_as_week', 'text'],
    ['faculty_id', 'text', (c) => c.references('faculty.id')],
  ]);

  await createTable(db, 'series', [
    ['id', 'text', (c) => c.primaryKey()],
    ['external_id', 'text', (c) => c.unique()],
    ['source', 'text'],
    ['term_id', 'text', (c) => c.notNull().references('term.id')],
    ['course_id', 'text', (c) => c.notNull().references('course.id')],
    ['kind', 'text', required],
    ['title', 'text', required],
    ['teacher_id', 'text', (c) => c.notNull().references('person.id')],
    ['place_id', 'text', (c) => c.references('place.id')],
    ['mode', 'text', required],
    ['weekday', 'integer', required],
    ['weeks', 'text', required],
    ['bell_schedule_id', 'text', (c) => c.references('bell_schedule.id')],
    ['bell_first', 'integer'],
    ['bell_last', 'integer'],
    ['clock_starts_at', 'text'],
    ['clock_ends_at', 'text'],
    ['from_on', 'text'],
    ['until_on', 'text'],
    ['rules', 'text'],
    ['removed_at', 'bigint'],
    ['needs_layout', 'integer', (c) => c.notNull().defaultTo(1)],
    ['created_at', 'bigint', required],
  ]);
  await db.schema.createIndex('series_course').on('series').column('course_id').execute();
  await db.schema.createIndex('series_term').on('series').columns(['term_id', 'weekday']).execute();
  await db.schema.createIndex('series_teacher').on('series').column('teacher_id').execute();
  await db.schema.createIndex('series_layout').on('series').column('needs_layout').execute();
  await db.schema
    .createTable('series_group')
    .addColumn('series_id', 'text', (c) => c.notNull().references('series.id').onDelete('cascade'))
    .addColumn('group_id', 'text', (c) => c.notNull().references('student_group.id'))
    .addPrimaryKeyConstraint('series_group_key', ['series_id', 'group_id'])
    .execute();
  await db.schema.createIndex('series_group_group').on('series_group').column('group_id').execute();
  await db.schema
    .createTable('series_stream')
    .addColumn('series_id', 'text', (c) => c.notNull().references('series.id').onDelete('cascade'))
    .addColumn('stream_id', 'text', (c) => c.notNull().references('stream.id'))
    .addPrimaryKeyConstraint('series_stream_key', ['series_id', 'stream_id'])
    .execute();

  await addColumns(db, 'lesson', [
    ['series_id', 'text', (c) => c.references('series.id')],
    ['occurrence', 'text'],
    ['external_id', 'text'],
    ['source', 'text'],
    ['place_id', 'text', (c) => c.references('place.id')],
    ['mode', 'text', (c) => c.notNull().defaultTo('online')],
    ['by_hand', 'text', (c) => c.notNull().defaultTo('{}')],
    ['note', 'text', empty],
    ['sequence', 'integer', (c) => c.notNull().defaultTo(0)],
    ['changed_at', 'bigint'],
  ]);
  await db.schema.createIndex('lesson_series').unique().on('lesson').columns(['series_id', 'occurrence']).execute();
  await db.schema.createIndex('lesson_external').unique().on('lesson').columns(['source', 'external_id']).execute();
  await db.schema.createIndex('lesson_place').on('lesson').columns(['place_id', 'starts_at']).execute();
  await createTable(db, 'lesson_change', [
    ['id', 'text', (c) => c.primaryKey()],
    ['lesson_id', 'text', (c) => c.notNull().references('lesson.id').onDelete('cascade')],
    ['at', 'bigint', required],
    ['by_id', 'text'],
    ['by_name', 'text', required],
    ['change', 'text', required],
    ['note', 'text', required],
    ['before', 'text', required],
    ['after', 'text', required],
  ]);
  await db.schema.createIndex('lesson_change_lesson').on('lesson_change').columns(['lesson_id', 'at']).execute();

  await createTable(db, 'calendar_feed', [
    ['id', 'text', (c) => c.primaryKey()],
    ['token_hash', 'text', (c) => c.notNull().unique()],
    ['token', 'text', required],
    ['owner_kind', 'text', required],
    ['owner_id', 'text', required],
    ['language', 'text', required],
    ['created_by', 'text', required],
    ['created_at', 'bigint', required],
    ['last_read_at', 'bigint'],
  ]);
  await db.schema.createIndex('calendar_feed_creator').on('calendar_feed').column('created_by').execute();

  await createTable(db, 'import_job', [
    ['id', 'text', (c) => c.primaryKey()],
    ['at', 'bigint', required],
    ['by_id', 'text', required],
    ['by_name', 'text', required],
    ['name', 'text', required],
    ['source', 'text', required],
    ['format', 'text', required],
    ['state', 'text', required],
    ['bytes', 'bigint', required],
    ['summary', 'text'],
    ['faults', 'text'],
    ['finished_at', 'bigint'],
  ]);
  await createTable(db, 'api_key', [
    ['id', 'text', (c) => c.primaryKey()],
    ['name', 'text', required],
    ['key_hash', 'text', (c) => c.notNull().unique()],
    ['rights', 'text', required],
    ['created_by', 'text', required],
    ['created_at', 'bigint', required],
    ['expires_at', 'bigint'],
    ['last_used_at', 'bigint'],
    ['revoked_at', 'bigint'],
  ]);

  await auditTable(db);
}

async function auditTable(db: Kysely<unknown>): Promise<void> {
  // A number that the database itself hands out.
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .createTable('audit_entry')
    .addColumn('seq', isPostgres ? 'bigserial' : 'integer', (c) => (isPostgres ? c.primaryKey() : c.primaryKey().autoIncrement()))
    .addColumn('at', 'bigint', required)
    .addColumn('actor_kind', 'text', required)
    .addColumn('actor_id', 'text', required)
    .addColumn('actor_name', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('act', 'text', required)
    .addColumn('subject_kind', 'text', required)
    .addColumn('subject_id', 'text', required)
    .addColumn('subject_name', 'text', required)
    .addColumn('search_text', 'text', required)
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .execute();
  await db.schema.createIndex('audit_entry_actor').on('audit_entry').columns(['actor_id', 'seq']).execute();
  await db.schema.createIndex('audit_entry_subject').on('audit_entry').columns(['subject_id', 'seq']).execute();
  await db.schema.createIndex('audit_entry_at').on('audit_entry').column('at').execute();
}

/** SQLite adds one column at a time. */
async function addColumns(db: Kysely<unknown>, table: string, columns: readonly Column[]): Promise<void> {
  for (const [name, type, build] of columns) await db.schema.alterTable(table).addColumn(name, type, build).execute();
}

async function createTable(db: Kysely<unknown>, table: string, columns: readonly Column[]): Promise<void> {
  let creation = db.schema.createTable(table);
  for (const [name, type, build] of columns) creation = creation.addColumn(name, type, build);
  await creation.execute();
}

/** What was there before is sorted and found as what comes after. */
async function fillTexts(db: Kysely<unknown>): Promise<void> {
  for (const { table, first, second } of [
    { table: 'faculty', first: 'name', second: null },
    { table: 'student_group', first: 'name', second: null },
    { table: 'course', first: 'code', second: 'title' },
  ]) {
    const { rows } = await sql<{ id: string; first: string; second: string | null }>`
      select id, ${sql.ref(first)} as first, ${second === null ? sql`null` : sql.ref(second)} as second from ${sql.table(table)}`.execute(
      db,
    );
    for (const row of rows) {
      await sql`update ${sql.table(table)} set sort_key = ${sortKey(row.first)}, search_text = ${searchText(row.first, row.second)}
        where id = ${row.id}`.execute(db);
    }
  }
}
