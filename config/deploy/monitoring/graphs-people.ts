// The upper half of the dashboard: what people have of the server.
import type { Graph, Row } from './panels.ts';
import { countOf, quantileOf, rateOf, shareAbove, sumOf } from './queries.ts';

function figure(title: string, description: string, expression: string, from: Pick<Graph, 'warnFrom' | 'alarmFrom'> = {}): Graph {
  return { title, description, unit: 'short', kind: 'stat', width: 3, lines: [[expression, title]], ...from };
}

export const now: Row = {
  title: 'Now',
  graphs: [
    figure('In class', 'People in rooms.', sumOf('participants', '', 'state="here"')),
    figure('Waiting', 'People in lobbies.', sumOf('participants', '', 'state="waiting"')),
    figure('Dropped', 'People whose line was lost within the last minute.', sumOf('participants', '', 'state="dropped"')),
    figure('Rooms', 'Open rooms.', sumOf('rooms')),
    figure('Recordings', 'Recordings that run.', sumOf('recordings', '', 'state="recording"')),
    figure('Rooms pressed', 'Rooms that do without cameras of students, as the machine is near its limit.', sumOf('rooms_pressed'), {
      warnFrom: 1,
    }),
    figure(
      'Not recorded',
      'Classes that are to be recorded always, and are not.',
      `${sumOf('lesson_troubles', '', 'kind="not-recorded"')} or vector(0)`,
      { warnFrom: 1 },
    ),
    figure('Held', 'What waits on the local disk for the database.', sumOf('held_entries'), { warnFrom: 1, alarmFrom: 1000 }),
  ],
};

export const joining: Row = {
  title: 'Coming in',
  graphs: [
    {
      ...{
        title: 'Joins',
        unit: 'ops',
        description: 'How many came in a second, by step: the token, the socket, the room, and media that found their way.',
      },
      lines: [[rateOf('joins_total', 'step', 'outcome="ok"'), '{{step}}']],
    },
    {
      ...{ title: 'Joins that failed', unit: 'short' },
      description:
        'By the code of the refusal. too-early, room-full and the like are rules; internal, media-unavailable and database-away are faults; no-way means that a firewall lets no media through.',
      lines: [[countOf('joins_total', 'step, outcome', 'outcome!="ok"'), '{{step}}: {{outcome}}']],
    },
    {
      ...{ title: 'Time of joins', unit: 's', warnFrom: 1, alarmFrom: 2, description: 'Of room:join, from asking to the answer.' },
      lines: [
        [quantileOf(0.5, 'join_seconds'), 'half'],
        [quantileOf(0.95, 'join_seconds'), '95 %'],
        [quantileOf(0.99, 'join_seconds'), '99 %'],
      ],
    },
    {
      ...{ title: 'People and sockets', unit: 'short', description: 'Sockets without people: pages that come in just now, or programs.' },
      lines: [
        [sumOf('sockets'), 'sockets'],
        [sumOf('participants', 'state'), '{{state}}'],
      ],
    },
    {
      ...{ title: 'Lines lost', unit: 'short' },
      description: 'In the middle of a class, by how they were lost; and those that came back in time. line-silent is a dead network.',
      lines: [
        [countOf('drops_total', 'cause'), '{{cause}}'],
        [countOf('returns_total'), 'came back'],
      ],
    },
    {
      ...{ title: 'Endings', unit: 'short', description: 'Why people, rooms and recordings ended.' },
      lines: [[countOf('endings_total', 'what, reason', 'what!="track"'), '{{what}}: {{reason}}']],
    },
  ],
};

export const requests: Row = {
  title: 'Requests',
  graphs: [
    {
      ...{ title: 'HTTP requests', unit: 'reqps', description: 'By the status of the answer.' },
      lines: [[rateOf('http_requests_total', 'status'), '{{status}}']],
      stacked: true,
    },
    {
      ...{ title: 'HTTP requests that failed', unit: 'short', description: 'By the fault of the server, by route.' },
      lines: [[countOf('http_requests_total', 'method, route, status', 'status=~"5.."'), '{{method}} {{route}} {{status}}']],
    },
    {
      ...{ title: 'Slowest routes', unit: 's', description: 'The ten whose slowest twentieth takes longest.' },
      lines: [[`topk(10, ${quantileOf(0.95, 'http_request_seconds', 'route')})`, '{{route}}']],
    },
    {
      ...{ title: 'HTTP refusals', unit: 'short', description: 'By their code.' },
      lines: [[countOf('http_refusals_total', 'code'), '{{code}}']],
    },
    {
      ...{ title: 'Socket requests', unit: 'reqps', description: 'The ten that are asked most.' },
      lines: [[`topk(10, ${rateOf('socket_requests_total', 'request')})`, '{{request}}']],
    },
    {
      ...{ title: 'Socket requests refused', unit: 'short', description: 'By the code of the refusal; internal is a fault of the server.' },
      lines: [[countOf('socket_requests_total', 'request, outcome', 'outcome!="ok"'), '{{request}}: {{outcome}}']],
    },
    {
      ...{ title: 'Slowest socket requests', unit: 's', description: 'The ten whose slowest twentieth takes longest.' },
      lines: [[`topk(10, ${quantileOf(0.95, 'socket_request_seconds', 'request')})`, '{{request}}']],
    },
    {
      ...{ title: 'HTTP requests under way', unit: 'short', description: 'Not answered yet. What rises and does not fall hangs.' },
      lines: [[sumOf('http_requests_running'), 'under way']],
    },
    {
      ...{
        title: 'Sockets cut off',
        unit: 'short',
        description: 'too-slow: did not take what they were sent. too-much: asked far too much.',
      },
      lines: [[countOf('socket_cuts_total', 'why'), '{{why}}']],
    },
  ],
};

export const quality: Row = {
  title: 'Quality of sound and picture',
  graphs: [
    {
      ...{ title: 'Lines that lose packets', unit: 'percentunit', alarmFrom: 0.2 },
      description: 'Share of the lines with more than 1 %, 5 % and 20 % loss; up is from people to the server.',
      lines: [
        [shareAbove(0.01, 'line_loss_ratio', 'direction'), '{{direction}} over 1 %'],
        [shareAbove(0.05, 'line_loss_ratio', 'direction'), '{{direction}} over 5 %'],
        [shareAbove(0.2, 'line_loss_ratio', 'direction'), '{{direction}} over 20 %'],
      ],
    },
    {
      ...{ title: 'Loss over 5 % by network', unit: 'percentunit', description: 'Whether it is the relay, or those behind TCP.' },
      lines: [[shareAbove(0.05, 'line_loss_ratio', 'network'), '{{network}}']],
    },
    {
      ...{ title: 'Round trip', unit: 's', description: 'There and back, by network: half of the lines, and the slowest twentieth.' },
      lines: [
        [quantileOf(0.5, 'line_round_trip_seconds', 'network'), '{{network}} half'],
        [quantileOf(0.95, 'line_round_trip_seconds', 'network'), '{{network}} 95 %'],
      ],
    },
    {
      ...{ title: 'Jitter', unit: 's', description: 'Of the worst twentieth: sound and picture, up to the server and down to people.' },
      lines: [[quantileOf(0.95, 'jitter_seconds', 'kind, direction'), '{{kind}} {{direction}}']],
    },
    {
      ...{ title: 'Broken sound', unit: 'percentunit', alarmFrom: 0.2 },
      description: 'Share of the listeners whose browser had to make up more than 1 % and 10 % of what they heard.',
      lines: [
        [shareAbove(0.01, 'concealed_ratio', 'network'), '{{network}} over 1 %'],
        [shareAbove(0.1, 'concealed_ratio', 'network'), '{{network}} over 10 %'],
      ],
    },
    {
      ...{
        title: 'Frozen pictures',
        unit: 'percentunit',
        description: 'Share of the viewers whose pictures stood still for more than 5 % of the time.',
      },
      lines: [[shareAbove(0.05, 'frozen_ratio', 'network'), '{{network}}']],
    },
    {
      ...{ title: 'Freezes', unit: 'ops', description: 'Pictures that stopped, a second, by network.' },
      lines: [[rateOf('freezes_total', 'network'), '{{network}}']],
    },
    {
      ...{ title: 'Ways through the network', unit: 'ops', description: 'Lines that were measured a second, by how they go.' },
      lines: [[rateOf('line_loss_ratio_count', 'network', 'direction="down"'), '{{network}}']],
      stacked: true,
    },
    {
      ...{ title: 'What holds back own pictures', unit: 'ops', description: 'Reports of browsers that send: cpu means a slow device.' },
      lines: [[rateOf('sent_reports_total', 'limited_by'), '{{limited_by}}']],
      stacked: true,
    },
  ],
};

export const lessons: Row = {
  title: 'Lessons',
  graphs: [
    {
      ...{ title: 'Lessons', unit: 'short', width: 12, description: 'Of the timetable around now, by how they go.' },
      lines: [[sumOf('lessons', 'state'), '{{state}}']],
      stacked: true,
    },
    {
      ...{
        title: 'Troubles',
        unit: 'short',
        width: 12,
        description: 'That go on now, by kind. The board of the situation centre names the lessons.',
      },
      lines: [[sumOf('lesson_troubles', 'kind'), '{{kind}}']],
    },
  ],
};
