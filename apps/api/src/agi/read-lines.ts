import type { Socket } from "node:net";

/** An environment has about thirty short lines, and a reply has one. */
const MAX_CHARACTERS = 16 * 1024;

/** The other side does not speak AGI. */
export class Garbage extends Error {
  override readonly name = "Garbage";
}

/**
 * Yields the lines that the other side sends, and cuts off a sender that exceeds what a
 * conversation needs.
 */
export async function* readLines(socket: Socket): AsyncGenerator<string, undefined> {
  socket.setEncoding("utf8");
  let rest = "";
  let said = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const text = String(chunk);
    said += text.length;
    if (said > MAX_CHARACTERS) throw new Garbage("too much was said");
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.replace(/\r$/, "");
  }
}

export type Lines = AsyncGenerator<string, undefined>;

/** Returns the next line. @throws Garbage when there is none */
export async function nextLine(lines: Lines): Promise<string> {
  const next = await lines.next();
  if (next.done === true) throw new Garbage("the conversation broke off");
  return next.value;
}
