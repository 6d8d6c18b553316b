import { z } from "zod";

/** An audit entry as the queue for the collector has it. */
export type SyslogEntry = {
  organizationId: string;
  id: string;
  /** Its number among all entries that are sent. */
  number: number;
  at: Date;
  actor: unknown;
  action: string;
  phoneId: string | null;
  details: unknown;
};

/** Facility 13 (log audit) and severity 5 (notice), RFC 5424, section 6.2.1. */
const PRIORITY = 13 * 8 + 5;

/**
 * Name of the structured data. Its number is the one that RFC 5612 reserves for documentation, because Ringfence has no
 * enterprise number of its own.
 */
const SD_ID = "ringfence@32473";

const Actor = z.object({ type: z.string(), id: z.string() }).catch({ type: "", id: "" });
const Details = z.record(z.string(), z.unknown()).catch({});

/** Values of details that pass: ids, counts, and yes or no. Words stay in the trail. */
const Passed = z.union([z.uuid(), z.number(), z.boolean()]);

/**
 * Writes an audit entry as a message of RFC 5424. It holds ids, counts and the action, and no personal value; `id` is
 * the entry's own, by which a collector recognizes a message that is sent again, and `number` grows by one with each
 * entry, by which it sees that one is missing.
 */
export function formatSyslogMessage(entry: SyslogEntry, hostname: string): string {
  const actor = Actor.parse(entry.actor);
  const parameters = [
    ["id", entry.id],
    ["number", String(entry.number)],
    ["organization", entry.organizationId],
    ["action", entry.action],
    ["actorType", actor.type],
    ["actorId", actor.id],
    ["phoneId", entry.phoneId ?? ""],
    ...Object.entries(Details.parse(entry.details)).flatMap(([name, value]) => {
      const { success, data } = Passed.safeParse(value);
      return success ? [[`detail.${name}`, String(data)] as const] : [];
    }),
  ] as const;
  const data = parameters
    .filter(([name, value]) => value !== "" && isName(name))
    .map(([name, value]) => ` ${name}="${escapeValue(value)}"`)
    .join("");
  const host = isName(hostname) ? hostname : "-";
  return `<${PRIORITY}>1 ${entry.at.toISOString()} ${host} ringfence - audit [${SD_ID}${data}]`;
}

/** A name of a parameter: up to 32 printable ASCII characters, without a space, `=`, `]` and `"` (section 6.3.3). */
const isName = (name: string) => /^[!#-<>-\\^-~]{1,32}$/.test(name);

const escapeValue = (value: string) => value.replaceAll(/["\\\]]/g, String.raw`\$&`);

/** Puts the length in front of each message, by which a stream is cut into messages (RFC 5425, section 4.3). */
export function frameSyslogMessages(messages: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  const frames = messages.map((message) => {
    const bytes = encoder.encode(message);
    return [encoder.encode(`${bytes.length} `), bytes] as const;
  });
  const parts = frames.flat();
  const stream = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    stream.set(part, offset);
    offset += part.length;
  }
  return stream;
}
