import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type Element, elementAt, readXml, textAt } from "../../src/sources/read-xml.ts";
import { openServer } from "../open-server.ts";

export const washingAccount = { telemarketerId: "100200", password: "wash & go" };

export type WashingWorld = {
  /** Numbers on the register, and invalid ones, as they are written in Australia. */
  listed: Set<string>;
  invalid: Set<string>;
  /** Washed numbers by reference, which are kept and not charged again. */
  washed: Map<string, string[]>;
  /** Number of numbers charged. */
  charged: number;
  balance: number;
  /** Answers instead of the service; returns true if it did. */
  instead: (operation: string, response: ServerResponse) => boolean;
  asked: string[];
};

/**
 * The washing service of the Australian register, on this machine, with envelopes as public
 * programs send and read them.
 */
export async function openWashingServer(port?: number) {
  const world: WashingWorld = {
    listed: new Set(),
    invalid: new Set(),
    washed: new Map(),
    charged: 0,
    balance: 1_000,
    instead: () => false,
    asked: [],
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [call] = elementAt(readXml(await text(request)), "Body")?.elements ?? [];
    if (call === undefined) throw new Error("no operation");
    world.asked.push(call.name);
    const said = answerCall(world, call);
    if (!world.instead(call.name, response)) response.end(envelope(call.name, said));
  };
  const { host, close } = await openServer(
    (request, response) => void answer(request, response),
    port,
  );
  return { world, host, url: `http://${host}/dncrtelem/rtw/washing.cfc`, close };
}

function answerCall(world: WashingWorld, call: Element) {
  const isKnown =
    textAt(call, "TelemarketerId") === washingAccount.telemarketerId &&
    textAt(call, "TelemarketerPassword") === washingAccount.password;
  if (!isKnown) return errorCode(3);
  const reference = textAt(call, "ClientReferenceId") ?? "";
  if (call.name === "GetAccountBalance")
    return `${errorCode(0)}<Balance>${world.balance}</Balance>`;
  if (call.name === "GetWashResult") {
    const washed = world.washed.get(reference);
    return washed === undefined ? errorCode(2) : said(world, washed);
  }
  const numbers = elementAt(call, "NumbersToWash")?.elements.map(({ text }) => text) ?? [];
  if (numbers.length > 500 || world.washed.has(reference)) return errorCode(1);
  if (numbers.length > world.balance) return errorCode(5);
  world.charged += numbers.length;
  world.balance -= numbers.length;
  world.washed.set(reference, numbers);
  return said(world, numbers);
}

const errorCode = (code: number) => `<ErrorCode>${code}</ErrorCode>`;

const said = ({ listed, invalid }: WashingWorld, numbers: readonly string[]) =>
  `${errorCode(0)}<NumbersSubmitted>${numbers
    .map((number) => {
      const result = invalid.has(number) ? "I" : listed.has(number) ? "Y" : "N";
      return `<Number Result="${result}" ErrorCode="0">${number}</Number>`;
    })
    .join("")}</NumbersSubmitted>`;

const envelope = (operation: string, inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><ns1:${operation}Response xmlns:ns1="http://rtw.dncrtelem"><${operation}Return>${inner}</${operation}Return></ns1:${operation}Response></soapenv:Body></soapenv:Envelope>`;
