// The HTTP calls of the connection test, and of the reports about it.

import { z } from 'zod';
import {
  ConnectionReportSent,
  ConnectionReports,
  ConnectionReportsQuery,
  TestBegun,
  TestConnect,
  TestId,
  TestOpen,
  TestPublish,
  TestPublished,
  TestSubscribe,
  TestSubscribed,
  TestTransport,
} from './connection-test.ts';
import { TransportParameters } from './media.ts';
import { route } from './route.ts';

const test = z.object({ id: TestId });

export const connectionTestRoutes = {
  beginConnectionTest: route(
    'POST',
    '/api/connection-tests',
    'anyone',
    'Begin a test of the connection; it ends by itself after a minute and a half',
    {
      answer: TestBegun,
    },
  ),
  endConnectionTest: route('DELETE', '/api/connection-tests/{id}', 'anyone', 'End a test of the connection', { params: test }),
  openTestTransport: route('POST', '/api/connection-tests/{id}/transports', 'anyone', 'Open a media transport for the test', {
    params: test,
    body: TestOpen,
    answer: TransportParameters,
  }),
  connectTestTransport: route('PUT', '/api/connection-tests/{id}/transports/{transportId}', 'anyone', 'Connect a transport of the test', {
    params: TestTransport,
    body: TestConnect,
  }),
  publishTestTrack: route('POST', '/api/connection-tests/{id}/tracks', 'anyone', 'Send a track that only the sender gets back', {
    params: test,
    body: TestPublish,
    answer: TestPublished,
  }),
  subscribeTestTrack: route('POST', '/api/connection-tests/{id}/subscriptions', 'anyone', 'Get one’s own track back', {
    params: test,
    body: TestSubscribe,
    answer: TestSubscribed,
  }),
  sendConnectionReport: route('POST', '/api/connection-reports', 'signed-in', 'Send the result of a test to those who run the server', {
    body: ConnectionReportSent,
  }),
  connectionReports: route('GET', '/api/connection-reports', 'administrator', 'Results that people have sent, newest first', {
    query: ConnectionReportsQuery,
    answer: ConnectionReports,
  }),
} as const;
