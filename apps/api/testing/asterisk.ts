import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";

/** The state of a channel at its end, as the dialplan sees it. */
export type Channel = {
  variables: Record<string, string>;
  isHungUp: boolean;
  /** Lines on the console. */
  console: string[];
};

type Reply = (command: string) => string | null;

/**
 * Calls `AGI(agi://127.0.0.1/screen,…)` as Asterisk does: sends the environment, then takes
 * commands and replies to each. A reply of null sends nothing.
 */
export async function callAgi(
  port: number,
  args: readonly string[],
  { script = "screen", reply }: { script?: string; reply?: Reply } = {},
): Promise<Channel> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const environment = {
    network: "yes",
    network_script: script,
    request: `agi://127.0.0.1/${script}`,
    channel: "PJSIP/agent-00000001",
    language: "en",
    type: "PJSIP",
    uniqueid: "1764100000.1",
    version: "20.9.3",
    callerid: "1001",
    calleridname: "unknown",
    callingpres: "0",
    dnid: "unknown",
    rdnis: "unknown",
    context: "carrier",
    extension: "2025550100",
    priority: "2",
    enhanced: "0.0",
    accountcode: "",
    threadid: "140000000000000",
    ...Object.fromEntries(args.map((arg, index) => [`arg_${index + 1}`, arg])),
  };
  for (const [name, value] of Object.entries(environment)) socket.write(`agi_${name}: ${value}\n`);
  socket.write("\n");

  const channel: Channel = { variables: {}, isHungUp: false, console: [] };
  for await (const command of createInterface({ input: socket })) {
    const text = (reply ?? ((command: string) => perform(channel, command)))(command);
    if (text !== null) socket.write(`${text}\n`);
  }
  socket.destroy();
  return channel;
}

/** Performs the commands of res_agi.c that we use, and returns its replies. */
function perform(channel: Channel, command: string): string {
  const set = /^SET VARIABLE (\w+) "((?:[^"\\]|\\.)*)"$/.exec(command);
  if (set) {
    channel.variables[set[1] ?? ""] = (set[2] ?? "").replaceAll(/\\(.)/g, "$1");
    return "200 result=1";
  }
  const verbose = /^VERBOSE "((?:[^"\\]|\\.)*)" [1-4]$/.exec(command);
  if (verbose) {
    channel.console.push((verbose[1] ?? "").replaceAll(/\\(.)/g, "$1"));
    return "200 result=1";
  }
  if (command === "HANGUP") {
    channel.isHungUp = true;
    return "200 result=1";
  }
  return "510 Invalid or unknown command";
}
