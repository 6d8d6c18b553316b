import { createServer } from "node:net";
import { once } from "node:events";
import type { Message } from "@ringfence/core/platform/message";
import { openDb } from "@ringfence/db";
import { aDatabase, anOrganization } from "@ringfence/db/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import {
  aDrippingCollector,
  aSyslogCollector,
  someCertificates,
} from "../testing/syslog-collector.ts";
import { aWorkerProcess } from "../testing/worker-process.ts";
import { type SyslogCollector, sendSyslog } from "./deliveries/send-syslog.ts";
import { openCollector, startSyslogLoop } from "./syslog-loop.ts";

const within = { timeout: 30_000, interval: 50 };

/** A database with an organization, and a way to add audit entries to it. */
async function scene() {
  const databaseUrl = await aDatabase();
  const db = openDb(databaseUrl);
  onTestFinished(() => db.close());
  const organizationId = await anOrganization(db);
  const act = async (count: number) => {
    const { rows } = await db.pool.query<{ id: string }>(
      `INSERT INTO audit_entry (organization_id, id, actor, action, details, at)
       SELECT $1, uuid7(), '{"type":"member","id":"ada"}', 'contact.read', '{"listed":3}', clock_timestamp()
       FROM generate_series(1, $2::int) RETURNING id`,
      [organizationId, count],
    );
    return rows.map(({ id }) => id);
  };
  const countQueued = () => db.prisma.syslogQueue.count();
  const countNumbered = () => db.prisma.syslogQueue.count({ where: { number: { not: null } } });
  return { databaseUrl, db, act, countQueued, countNumbered };
}

it("sends every entry while the collector breaks connections and is away", async () => {
  const { db, act, countQueued, countNumbered } = await scene();
  const certificates = someCertificates();
  const { read } = certificates;
  const first = await aSyslogCollector(certificates);
  const faults: Message[] = [];
  const before = await act(5);
  const loop = startSyslogLoop({
    db,
    collector: {
      host: "127.0.0.1",
      port: first.port,
      ca: read("ca.pem"),
      certificate: read("client.pem"),
      key: read("client.key"),
    },
    hostname: "calls.example.com",
    report: (fault) => faults.push(fault),
  });
  onTestFinished(() => loop.stop());
  await vi.waitFor(async () => expect(await db.prisma.syslogCollector.count()).toBe(1), within);

  const some = await act(3);
  await vi.waitFor(async () => expect(await countQueued()).toBe(0), within);
  expect(first.ids).toEqual(some);

  // More than one delivery, of which the first breaks in its middle.
  first.breakAfter(700);
  const many = await act(1_300);
  await vi.waitFor(async () => expect(await countQueued()).toBe(0), within);
  const arrived = new Set(first.ids);
  expect(many.filter((id) => !arrived.has(id))).toEqual([]);
  expect(before.filter((id) => arrived.has(id))).toEqual([]);
  // Nothing is sent again but the delivery that broke.
  expect(first.ids.length - arrived.size).toBeLessThanOrEqual(500);

  await first.stop();
  const missed = await act(4);
  await vi.waitFor(
    () => expect(faults.at(-1)?.values).toMatchObject({ why: "ECONNREFUSED" }),
    within,
  );
  expect(await countQueued()).toBe(4);
  // One is taken off the queue, and its number is missing.
  await vi.waitFor(async () => expect(await countNumbered()).toBe(4), within);
  await db.prisma.syslogQueue.deleteMany({ where: { entryId: { in: missed.slice(1, 2) } } });
  const second = await aSyslogCollector(certificates, first.port);
  await vi.waitFor(async () => expect(await countQueued()).toBe(0), within);
  expect(second.ids).toEqual(missed.toSpliced(1, 1));
  expect(second.numbers).toEqual([1_304, 1_306, 1_307]);
  expect(new Set(first.numbers)).toEqual(
    new Set(Array.from({ length: 1_303 }, (_, index) => index + 1)),
  );
  expect([...first.faults, ...second.faults]).toEqual([]);
});

it("goes on after the worker was killed, and empties the queue when there is no collector", async () => {
  const { databaseUrl, db, act, countQueued } = await scene();
  const certificates = someCertificates();
  const server = await aSyslogCollector(certificates);
  const settings = {
    SYSLOG_CA: certificates.file("ca.pem"),
    SYSLOG_CERTIFICATE: certificates.file("client.pem"),
    SYSLOG_KEY: certificates.file("client.key"),
  };
  const worker = await aWorkerProcess({
    databaseUrl,
    origin: "ledger.test/ringfence",
    more: { ...settings, SYSLOG_COLLECTOR: `127.0.0.1:${server.port}` },
  });
  await vi.waitFor(async () => expect(await db.prisma.syslogCollector.count()).toBe(1), within);
  const ids = await act(600);
  await vi.waitFor(() => expect(server.ids.length).toBeGreaterThan(0), within);
  worker.signal("SIGKILL");
  await worker.exited;
  const later = await act(3);

  const address = { host: "127.0.0.1", port: server.port };
  const start = (collector: SyslogCollector | null) =>
    startSyslogLoop({ db, collector, hostname: "localhost", report: () => {} });
  const next = start(openCollector({ ...settings, SYSLOG_COLLECTOR: address }));
  await vi.waitFor(async () => expect(await countQueued()).toBe(0), within);
  const arrived = new Set(server.ids);
  expect([...ids, ...later].filter((id) => !arrived.has(id))).toEqual([]);
  expect(server.faults).toEqual([]);
  await next.stop();

  await act(2);
  expect(await countQueued()).toBe(2);
  const none = start(null);
  await vi.waitFor(async () => expect(await countQueued()).toBe(0), within);
  await none.stop();
  await act(1);
  expect(await countQueued()).toBe(0);
});

it("queues again, and sends what was missed, after somebody switched the queue off", async () => {
  const { db, act, countQueued } = await scene();
  const certificates = someCertificates();
  const server = await aSyslogCollector(certificates);
  const { read } = certificates;
  const faults: Message[] = [];
  const loop = startSyslogLoop({
    db,
    collector: {
      host: "127.0.0.1",
      port: server.port,
      ca: read("ca.pem"),
      certificate: read("client.pem"),
      key: read("client.key"),
    },
    hostname: "localhost",
    report: (fault) => faults.push(fault),
  });
  onTestFinished(() => loop.stop());
  await vi.waitFor(async () => expect(await db.prisma.syslogCollector.count()).toBe(1), within);
  const before = await act(1);
  await vi.waitFor(() => expect(server.ids).toEqual(before), within);
  // In one transaction, so that the loop cannot queue the entry between the two.
  await db.prisma.$transaction(async (tx) => {
    await tx.syslogCollector.deleteMany();
    await tx.$executeRaw`
      INSERT INTO audit_entry (organization_id, id, actor, action, details, at)
      SELECT organization_id, uuid7(), actor, action, details, clock_timestamp() FROM audit_entry LIMIT 1`;
  });
  const later = await act(1);
  const { id: unqueued } = await db.prisma.auditEntry.findFirstOrThrow({
    where: { id: { notIn: [...before, ...later] } },
  });
  await vi.waitFor(
    () => expect(server.ids).toEqual(expect.arrayContaining([unqueued, ...later])),
    within,
  );
  await vi.waitFor(async () => expect(await countQueued()).toBe(0), within);
  expect(faults.map(({ key }) => key)).toEqual(["syslog.was-off"]);
  expect(server.faults).toEqual([]);
});

it("ends a delivery at its deadline and when the loop stops, whatever the collector sends", async () => {
  const { db, act, countQueued } = await scene();
  const certificates = someCertificates();
  const { read } = certificates;
  const dripping = await aDrippingCollector(certificates);
  const collector = {
    host: "127.0.0.1",
    port: dripping.port,
    ca: read("ca.pem"),
    certificate: read("client.pem"),
    key: read("client.key"),
  };
  await expect(sendSyslog(collector, ["<109>1 x"], { deadlineMs: 500 })).rejects.toMatchObject({
    code: "ETIMEDOUT",
  });
  // The first may have ended during the handshake, and then it is not counted.
  const ended = dripping.countConnections();
  const faults: Message[] = [];
  const report = (fault: Message) => faults.push(fault);
  const loop = startSyslogLoop({ db, collector, hostname: "localhost", report });
  onTestFinished(() => loop.stop());
  await vi.waitFor(async () => expect(await db.prisma.syslogCollector.count()).toBe(1), within);
  await act(2);
  await vi.waitFor(() => expect(dripping.countConnections()).toBeGreaterThan(ended), within);
  const stoppedAt = performance.now();
  await loop.stop();
  // A delivery that nothing ends takes 45 seconds.
  expect(performance.now() - stoppedAt).toBeLessThan(20_000);
  expect(await countQueued()).toBe(2);
  expect(faults).toEqual([]);
});

it("sends nothing to whom the root does not vouch for, without a certificate, or without TLS", async () => {
  const [ours, theirs] = [someCertificates(), someCertificates()];
  const collector = await aSyslogCollector(ours);
  const client = { certificate: ours.read("client.pem"), key: ours.read("client.key") };
  const address = { host: "127.0.0.1", port: collector.port, ca: ours.read("ca.pem") };
  await sendSyslog({ ...address, ...client }, []);
  await expect(
    sendSyslog({ ...address, ...client, ca: theirs.read("ca.pem") }, ["<109>1 x"]),
  ).rejects.toThrow(/self-signed|verify/);
  await expect(sendSyslog({ ...address, ...client, ca: undefined }, ["x"])).rejects.toThrow(
    /self-signed|verify/,
  );
  await expect(sendSyslog({ ...address, ...client, host: "localhost" }, ["x"])).rejects.toThrow(
    "does not match certificate",
  );
  await expect(sendSyslog(address, ["x"])).rejects.toThrow(/certificate|ECONNRESET|EPIPE/);
  const plain = createServer((socket) => void socket.on("data", (data) => heard.push(data)));
  const heard: Buffer[] = [];
  plain.listen(0, "127.0.0.1");
  await once(plain, "listening");
  onTestFinished(() => void plain.close());
  const { port } = plain.address() as { port: number };
  await expect(
    sendSyslog({ ...address, ...client, port }, ["<109>1 secret"], { deadlineMs: 200 }),
  ).rejects.toMatchObject({ code: "ETIMEDOUT" });
  expect(Buffer.concat(heard).toString("latin1")).not.toContain("secret");
  expect(collector.faults).toEqual([]);
  expect(collector.ids).toEqual([]);
});
