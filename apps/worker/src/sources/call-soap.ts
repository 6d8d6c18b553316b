import { RunFault } from "../jobs/platform/run-fault.ts";
import { askServer, readAnswer, statusFault, withoutPersonal } from "./http-client.ts";
import type { SourceSettings } from "./publication.ts";
import { type Element, XmlFault, elementAt, readXml, textAt } from "./read-xml.ts";

/** The list of one area code is a few megabytes. */
const ANSWER_MAX_BYTES = 256 * 1024 ** 2;
/** Characters of a service's explanation that are shown. */
const SAID_MAX = 200;
/** Limits a whole call to this many times the longest silence. */
const SILENCES_MAX = 3;

export type SoapCall = {
  url: string;
  /** SOAP 1.1 also names the operation in a header. */
  action: string;
  /** Content of the envelope's body. */
  body: string;
  /** Part of the body that must never be shown, if the service repeats it. */
  secret: string | null;
  settings: SourceSettings;
  silenceMaxMs: number;
  signal: AbortSignal;
};

/**
 * Calls an operation of a SOAP 1.1 service and returns the one element of its answer.
 * @throws RunFault if there is no such answer: a fault of the service, an HTML page, half an
 * envelope
 */
export async function callSoap(call: SoapCall): Promise<Element> {
  const { settings, signal, action, silenceMaxMs } = call;
  const url = new URL(call.url);
  const headers = { "content-type": "text/xml; charset=utf-8", soapaction: `"${action}"` };
  const post = toEnvelope(call.body);
  const response = await askServer(url, {
    settings,
    headers,
    post,
    silenceMaxMs,
    durationMaxMs: SILENCES_MAX * silenceMaxMs,
    signal,
  });
  const { statusCode = 0 } = response;
  if (statusCode === 401 || statusCode === 403) {
    response.destroy();
    throw new RunFault({ key: "source.refused", values: { host: url.host } });
  }
  // Faults of the service come with 500 (SOAP 1.1, 6.2).
  if (statusCode !== 200 && statusCode !== 500) {
    response.destroy();
    throw statusFault(url, statusCode);
  }
  const { host } = url;
  const text = await readAnswer(response, { host, bytesMax: ANSWER_MAX_BYTES, signal });
  if (statusCode === 500 && !/<(?:[\w-]+:)?Envelope\b/.test(text))
    throw statusFault(url, statusCode);
  return parseAnswer(text, { host, secret: call.secret });
}

const toEnvelope = (body: string) =>
  `<?xml version="1.0" encoding="utf-8"?>` +
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">` +
  `<soap:Body>${body}</soap:Body></soap:Envelope>`;

type Asked = { host: string; secret: string | null };

function parseAnswer(text: string, { host, secret }: Asked): Element {
  if (/^\uFEFF?\s*(?:<!--|<!doctype html|<(?:html|head|body|title|script)\b)/i.test(text)) {
    throw new RunFault({ key: "source.web-page", values: { host } });
  }
  const envelope = read(text, host);
  const body = elementAt(envelope, "Body");
  const [answer] = body?.elements ?? [];
  if (envelope.name !== "Envelope" || answer === undefined) throw noEnvelope(host);
  if (answer.name !== "Fault") return answer;
  const explanation = textAt(answer, "faultstring") ?? textAt(answer, "Reason", "Text") ?? "";
  throw new RunFault({
    key: "source.soap-fault",
    values: { host, said: withoutPersonal(explanation, secret).slice(0, SAID_MAX) || "—" },
  });
}

function read(text: string, host: string): Element {
  try {
    return readXml(text);
  } catch (cause) {
    if (!(cause instanceof XmlFault)) throw cause;
    if (!cause.isCutOff) throw noEnvelope(host, cause);
    const isTransient = true;
    throw new RunFault({ key: "source.answer-cut-off", values: { host } }, { isTransient, cause });
  }
}

/** Fault of an answer that is not the SOAP envelope that was expected. */
export const noEnvelope = (host: string, cause?: unknown) =>
  new RunFault({ key: "source.no-soap", values: { host } }, { cause });
