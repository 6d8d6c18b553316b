/** A message of RFC 5424, read strictly. */
export type ReadSyslog = {
  priority: number;
  at: string;
  hostname: string;
  appName: string;
  processId: string;
  messageId: string;
  sdId: string;
  parameters: Readonly<Record<string, string>>;
};

const PRINTABLE = "[!-~]";
const SD_NAME = String.raw`[!#-<>-\\^-~]{1,32}`;
const SD_VALUE = String.raw`(?:[^"\\\]]|\\["\\\]])*`;
const MESSAGE = new RegExp(
  `^<(?<priority>0|[1-9]\\d{0,2})>1 (?<at>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z)` +
    ` (?<hostname>-|${PRINTABLE}{1,255}) (?<appName>-|${PRINTABLE}{1,48}) (?<processId>-|${PRINTABLE}{1,128})` +
    ` (?<messageId>-|${PRINTABLE}{1,32}) \\[(?<sdId>${SD_NAME})(?<parameters>(?: ${SD_NAME}="${SD_VALUE}")*)\\]$`,
  "u",
);

/** Reads a message with one element of structured data and no text. Throws if the grammar does not allow it. */
export function readSyslogMessage(message: string): ReadSyslog {
  const groups = MESSAGE.exec(message)?.groups;
  if (groups === undefined) throw new Error(`no message of RFC 5424: ${message}`);
  const { priority, parameters = "", ...rest } = groups;
  if (Number(priority) > 191) throw new Error(`no priority: ${priority}`);
  const pairs = [...parameters.matchAll(new RegExp(` (${SD_NAME})="(${SD_VALUE})"`, "gu"))];
  return {
    ...(rest as Omit<ReadSyslog, "priority" | "parameters">),
    priority: Number(priority),
    parameters: Object.fromEntries(
      pairs.map(([, name = "", value = ""]) => [name, value.replaceAll(/\\(["\\\]])/g, "$1")]),
    ),
  };
}

/** Cuts whole messages off a stream by the lengths in front of them (RFC 5425). Throws if a length is not one. */
export function cutFrames(stream: Buffer): { messages: string[]; rest: Buffer } {
  const messages: string[] = [];
  let rest = stream;
  for (;;) {
    const space = rest.indexOf(" ");
    if (space === -1) {
      if (rest.length > 6) throw new Error("no length in front of a message");
      return { messages, rest };
    }
    const length = rest.subarray(0, space).toString();
    if (!/^[1-9]\d{0,5}$/.test(length)) throw new Error(`no length of a message: ${length}`);
    const end = space + 1 + Number(length);
    if (rest.length < end) return { messages, rest };
    messages.push(rest.subarray(space + 1, end).toString());
    rest = rest.subarray(end);
  }
}
