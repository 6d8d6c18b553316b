import { once } from "node:events";
import { type Server, type Socket, createServer } from "node:net";
import type { FastifyBaseLogger } from "fastify";
import { say } from "@ringfence/core/platform/message";
import { ServiceError } from "@ringfence/services/errors";
import { findClientAddress } from "@ringfence/services/platform/network";
import { inChannelSpan } from "@ringfence/services/platform/tracing";
import {
  type AgiAnswer,
  type AgiOptions,
  cannotCheck,
  screenEnvironment,
} from "./screen-environment.ts";
import { within } from "../within.ts";
import { Garbage, type Lines, nextLine, readEnvironment, readLines } from "./read-environment.ts";

/** Far more channels than a PBX opens at once. */
const MAX_CONVERSATIONS = 1_000;
/** After this much silence the other side counts as gone. */
const SILENCE_MS = 5_000;

/**
 * Listens for FastAGI conversations; port 0 takes a free one. Libraries for this protocol of text lines
 * hold whatever a channel sends, without a limit.
 */
export async function openAgi(
  { host, port }: { host: string; port: number },
  log: FastifyBaseLogger,
  options: AgiOptions,
): Promise<Server> {
  const server = createServer((socket) => {
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    // A channel that is gone is no error; the conversation notices it.
    socket.on("error", () => socket.destroy());
    void answerAgi(socket, log, options);
  });
  server.maxConnections = MAX_CONVERSATIONS;
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

/** Asterisk sends its environment and answers commands immediately. */
const REPLY_MS = 2_000;

/**
 * Holds one conversation of the Asterisk Gateway Interface over TCP: sets `RINGFENCE_REASONS`,
 * `RINGFENCE_PERMIT`, `RINGFENCE_PHONE` and, last, `RINGFENCE_VERDICT`, and hangs up on anything
 * but `allow`. Any fault on the way refuses the call.
 */
async function answerAgi(socket: Socket, log: FastifyBaseLogger, options: AgiOptions) {
  const lines = readLines(socket);
  try {
    const environment = await within(REPLY_MS, readEnvironment(lines));
    const address = findClientAddress(socket.remoteAddress, undefined, 0);
    const answer = await inChannelSpan(() =>
      screenEnvironment(environment, address, options).catch((error: unknown) => {
        if (!(error instanceof ServiceError))
          log.error({ err: error, route: "agi" }, "not answered");
        throw error;
      }),
    ).catch(toAnswer);
    for (const command of commandsFor(answer)) await perform(socket, lines, command);
    socket.end();
  } catch (error) {
    const err = error instanceof Error ? error : new Garbage();
    log.info({ err, route: "agi" }, "not answered");
    // The other side does not follow the protocol, or is too slow, so do not wait for its replies.
    socket.end(commandsFor(cannotCheck({ key: "refusal.cannot-check" })).join("\n") + "\n");
  }
}

const toAnswer = (error: unknown): AgiAnswer =>
  cannotCheck(error instanceof ServiceError ? error.explanation : { key: "refusal.cannot-check" });

function commandsFor({ verdict, reasons, permit, phone, fault }: AgiAnswer): string[] {
  const set = (name: string, value: string) => `SET VARIABLE ${name} ${quote(value)}`;
  return [
    ...(fault === undefined ? [] : [`VERBOSE ${quote(`Ringfence: ${say("en", fault)}`)} 1`]),
    set("RINGFENCE_REASONS", reasons.join(" ")),
    set("RINGFENCE_PERMIT", permit),
    set("RINGFENCE_PHONE", verdict === "allow" ? phone : ""),
    set("RINGFENCE_VERDICT", verdict),
    ...(verdict === "allow" ? [] : ["HANGUP"]),
  ];
}

/** Quotes a value for an AGI command, where a backslash escapes the next character. */
const quote = (value: string) =>
  `"${value.replaceAll(/\s+/g, " ").replaceAll(/["\\]/g, String.raw`\$&`)}"`;

async function perform(socket: Socket, lines: Lines, command: string) {
  socket.write(`${command}\n`);
  for (;;) {
    const reply = await within(REPLY_MS, nextLine(lines));
    if (reply.startsWith("200 ")) return;
    // Skips notices: the hang-up, "a reply will follow", and the lines of a long reply.
    if (!/^(HANGUP$|100 |520-)/.test(reply)) throw new Garbage("a command was not taken");
  }
}
