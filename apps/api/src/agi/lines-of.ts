import type { Socket } from "node:net";

/** An environment has about thirty lines, of which none is long; a reply is one. */
const MAX_CHARACTERS = 16 * 1024;

/** What is no conversation of AGI. */
export class Garbage extends Error {
  override readonly name = "Garbage";
}

/** What the other side says, line by line; who says more than a conversation needs is cut off. */
export async function* linesOf(socket: Socket): AsyncGenerator<string, undefined> {
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

/** The next line; that there is none is garbage. */
export async function nextLine(lines: Lines): Promise<string> {
  const next = await lines.next();
  if (next.done === true) throw new Garbage("the conversation broke off");
  return next.value;
}
