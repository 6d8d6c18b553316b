import { expect, it } from "vitest";
import { cutFrames, readSyslogMessage } from "../../../testing/read-syslog.ts";
import { formatSyslogMessage, frameSyslogMessages } from "./syslog.ts";

const [organizationId, id, phoneId, actorId] = [
  "0195a000-0000-7000-8000-000000000001",
  "0195a000-0000-7000-8000-000000000002",
  "0195a000-0000-7000-8000-000000000003",
  "0195a000-0000-7000-8000-000000000004",
];
const entry = {
  organizationId,
  id,
  number: 42,
  at: new Date("2026-12-01T10:00:00.123Z"),
  actor: { type: "member", id: actorId },
  action: "opt-out.record",
  phoneId,
  details: { listed: 3, exported: true, contactId: phoneId, kind: "opt_outs" },
};

it("writes a message that a strict reader of RFC 5424 understands", () => {
  expect(readSyslogMessage(formatSyslogMessage(entry, "calls.example.com"))).toEqual({
    priority: 109,
    at: "2026-12-01T10:00:00.123Z",
    hostname: "calls.example.com",
    appName: "ringfence",
    processId: "-",
    messageId: "audit",
    sdId: "ringfence@32473",
    parameters: {
      id,
      number: "42",
      organization: organizationId,
      action: "opt-out.record",
      actorType: "member",
      actorId,
      phoneId,
      "detail.listed": "3",
      "detail.exported": "true",
      "detail.contactId": phoneId,
    },
  });
});

it("passes no words of details, and escapes what would end a value", () => {
  const message = formatSyslogMessage(
    {
      ...entry,
      actor: { type: "job", id: String.raw`a"b\c]d` },
      details: { note: "Grace Hopper", 'x"]': 1, nested: { name: "Grace" } },
    },
    "not a host",
  );
  expect(message).not.toContain("Grace");
  const read = readSyslogMessage(message);
  expect(read.hostname).toBe("-");
  expect(read.parameters.actorId).toBe(String.raw`a"b\c]d`);
  expect(Object.keys(read.parameters)).toEqual([
    "id",
    "number",
    "organization",
    "action",
    "actorType",
    "actorId",
    "phoneId",
  ]);
});

it("counts the bytes of a message, not its characters", () => {
  const stream = Buffer.from(frameSyslogMessages(["<109>1 ё", "second"]));
  expect(stream.toString()).toBe("9 <109>1 ё6 second");
  expect(cutFrames(stream)).toEqual({ messages: ["<109>1 ё", "second"], rest: Buffer.alloc(0) });
});
