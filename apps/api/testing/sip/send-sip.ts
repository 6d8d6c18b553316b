import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";

/** A UDP port of this machine that nothing listens on. */
export async function aSipPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}

type Request = { method: string; to?: string; headers?: readonly string[]; number?: string };

type Response = { status: number; headers: string[] };

/** Sends one request and returns its final response; null if none came within a second. */
export async function sendSip(
  port: number,
  { method, to = "", headers = [], number = "gate" }: Request,
): Promise<Response | null> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const own = `127.0.0.1:${socket.address().port}`;
  const id = crypto.randomUUID();
  const uri = `sip:${number}@127.0.0.1:${port}`;
  const message = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${own};branch=z9hG4bK-${id}`,
    `From: <sip:agent@${own}>;tag=a${id}`,
    `To: <${uri}>${to}`,
    `Call-ID: ${id}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:agent@${own}>`,
    "Max-Forwards: 70",
    ...headers,
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
  const final = new Promise<Response>((resolve) => {
    socket.on("message", (response) => {
      const [first = "", ...headers] = response.toString().split("\r\n");
      const status = Number(/^SIP\/2\.0 (\d{3})/.exec(first)?.[1]);
      if (status >= 200) resolve({ status, headers });
    });
  });
  socket.send(message, port, "127.0.0.1");
  try {
    return await Promise.race([final, pause(1_000, null)]);
  } finally {
    socket.close();
  }
}

/** Waits until something answers OPTIONS at the port. */
export async function answersSip(port: number) {
  for (let attempt = 0; attempt < 30; attempt++) {
    if ((await sendSip(port, { method: "OPTIONS" })) !== null) return;
  }
  throw new Error(`nobody answers SIP at ${port}`);
}
