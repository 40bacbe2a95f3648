// What Prometheus reads of a real class: that media found their way, how they travel, and what a browser made of them. Rules Y5, Y6 and Y9.
import { ServerProcess } from './support/server-process.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

test('a class with sound and picture shows in the metrics as it is: by UDP, without loss, with a worker at work', async ({ visitor }) => {
  const server = await ServerProcess.openDemo(() => ({ AUDITORIA_MEDIA_WORKERS: '1' }));
  const lines = async () => (await (await fetch(`${server.url}/metrics`)).text()).split('\n');
  const figure = async (name: string) =>
    Number(
      (await lines())
        .find((line) => line.startsWith(`auditoria_${name} `))
        ?.split(' ')
        .at(-1) ?? 0,
    );
  try {
    const teacher = await visitor(server);
    await teacher.signIn('teacher');
    await teacher.enterClass();
    await teacher.joinClass({ camera: true });
    const student = await visitor(server);
    await student.signIn('student1');
    await student.enterClass();
    await student.joinClass({ camera: false });

    await expect.poll(() => figure('joins_total{step="media",outcome="ok"}'), patience).toBe(2);
    for (const name of [
      'line_loss_ratio_count{direction="up",network="udp"}',
      'line_loss_ratio_count{direction="down",network="udp"}',
      'jitter_seconds_count{direction="up",kind="video",network="udp"}',
      'jitter_seconds_count{direction="down",kind="audio",network="udp"}',
      'concealed_ratio_count{network="udp"}',
      'frozen_ratio_count{network="udp"}',
      'rtp_sent_bytes_total',
      'worker_cpu_share{worker="0"}',
      'worker_packets_per_second{worker="0"}',
    ])
      await expect.poll(() => figure(name), { ...patience, message: name }).toBeGreaterThan(0);
    expect(await figure('participants{state="here"}')).toBe(2);
    expect(await figure('joins_total{step="media",outcome="no-way"}')).toBe(0);
    expect(await figure('line_loss_ratio_bucket{le="0.05",direction="down",network="udp"}')).toBeGreaterThan(0);
  } finally {
    await server.close();
  }
});
