import type { AuSource } from "@ringfence/core/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { callSoap, noEnvelope } from "./call-soap.ts";
import { type Element, elementAt, escapeXml, textAt } from "./read-xml.ts";
import { shortenCode } from "./http-client.ts";
import { type RegistryQuestion, type ListingAnswer, markUnsent } from "./registry-question.ts";
import { type SourceRequest, waitFor } from "./publication.ts";

const NAMESPACE = "http://rtw.dncrtelem";
const ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";
const SILENCE_MAX_MS = 60_000;
/** After a time-out the register requires this pause before each question about the result. */
const PAUSE_MS = 30_000;
/** Questions about the result of one wash in one reading: the first, and the two more that the register allows. */
const TRIES = 3;

/**
 * Washes numbers with the Australian register; null if it has washed nothing and charged nothing.
 */
export async function washAu(
  source: AuSource,
  sourceRequest: SourceRequest,
  { reference, numbers, isAgain }: RegistryQuestion,
): Promise<Map<string, ListingAnswer> | null> {
  const call = (operation: string, more: string) =>
    callWashing(source, sourceRequest, operation, more);
  const about = element("ClientReferenceId", reference);
  if (!isAgain) {
    try {
      return toAnswers(await call("WashNumbers", about + toNumbersXml(numbers)));
    } catch (caught) {
      const error = markUnsent(caught);
      // The numbers may have been washed and charged all the same; the reference lets us find out.
      if (!(error instanceof RunFault) || !mayHaveWashed(error)) throw error;
    }
  }
  const faults: RunFault[] = [];
  for (let tries = 0; tries < TRIES; tries++) {
    if (!isAgain || tries > 0) await waitFor(PAUSE_MS, sourceRequest);
    const washed = await call("GetWashResult", about).catch((error: unknown) => {
      if (!(error instanceof RunFault) || !mayHaveWashed(error)) throw error;
      faults.push(error);
      return null;
    });
    // Without an answer, or with code 4, we ask again. Code 2 is an unknown reference: that of a wash sent just now may
    // still become known, and an earlier one was never washed.
    if (washed === null || washed.code === "4") continue;
    if (washed.code !== "2") return toAnswers(washed);
    if (isAgain) return null;
  }
  // The register discourages frequent questions, so the next reading continues.
  const last = faults.at(-1);
  throw last?.isTransient === false ? last : new RunFault({ key: "source.wash-unanswered" });
}

/**
 * Reads how many more numbers the account may wash; null if the register does not say. We found only the
 * name of the operation, not the form of its answer. ASSUMED: the number is in an element `Balance` or
 * `AccountBalance`, or is the text of the answer.
 */
export async function readAuBalance(
  source: AuSource,
  sourceRequest: SourceRequest,
): Promise<number | null> {
  const answer = await askWashing(source, sourceRequest, "GetAccountBalance", "");
  const text = textAt(answer, "Balance") ?? textAt(answer, "AccountBalance") ?? answer.text.trim();
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** True if the register may have washed, and charged for, the numbers although no usable answer came. */
const mayHaveWashed = ({ explanation: { key }, isTransient, outcome }: RunFault) =>
  outcome["isRefused"] !== true &&
  (isTransient || ["source.web-page", "source.no-soap", "source.soap-fault"].includes(key));

const codes = {
  "1": "source.wash-refused",
  "3": "source.wash-refused",
  "4": "source.wash-unsubscribed",
  "5": "source.wash-no-balance",
} as const;

/** Returns the answers of a wash that succeeded. @throws RunFault for any other code */
function toAnswers({ code, answers }: Washed) {
  if (code === "0") return answers;
  const key = Object.entries(codes).find(([known]) => known === code)?.[1] ?? "source.wash-refused";
  throw new RunFault({ key, values: { code } }, { outcome: { isRefused: true } });
}

async function callWashing(
  source: AuSource,
  sourceRequest: SourceRequest,
  operation: string,
  more: string,
): Promise<Washed> {
  const { code, answers } = parseWash(await askWashing(source, sourceRequest, operation, more));
  return { code: shortenCode(code, sourceRequest.secret), answers };
}

async function askWashing(
  { url, telemarketerId, washOnlyUserId = "" }: AuSource,
  { secret, settings, signal }: SourceRequest,
  operation: string,
  more: string,
): Promise<Element> {
  const who =
    element("TelemarketerId", telemarketerId) +
    element("WashOnlyUserId", washOnlyUserId) +
    element("TelemarketerPassword", secret ?? "");
  const body =
    `<rtw:${operation} xmlns:rtw="${NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
    ` xmlns:xsd="http://www.w3.org/2001/XMLSchema" soap:encodingStyle="${ENCODING}">` +
    `${who}${more}</rtw:${operation}>`;
  const how = { url, action: "", silenceMaxMs: SILENCE_MAX_MS };
  const answer = await callSoap({ ...how, body, secret, settings, signal });
  const returned = elementAt(answer, `${operation}Return`);
  if (returned === undefined) throw noEnvelope(new URL(url).host);
  return returned;
}

const element = (name: string, text: string) =>
  `<${name} xsi:type="xsd:string">${escapeXml(text)}</${name}>`;

const toNumbersXml = (numbers: readonly string[]) =>
  `<NumbersToWash xmlns:enc="${ENCODING}" enc:arrayType="xsd:anyType[${numbers.length}]" ` +
  `xsi:type="rtw:ArrayOf_xsd_anyType">${numbers
    .map((digits) => element("Number", `0${digits.slice(2)}`))
    .join("")}</NumbersToWash>`;

const answerByResult = { Y: "listed", N: "free", I: "invalid" } as const;

/** The Australian register's code for a whole wash, and its answer for each number. */
type Washed = { code: string; answers: Map<string, ListingAnswer> };

/**
 * Reads the answer to a wash. `<NumbersSubmitted><Number Result="N"
 * ErrorCode="0">0412345678</Number></NumbersSubmitted>` was seen in public code. ASSUMED: the code
 * of the whole wash is in an element `ErrorCode`. Without one, answered numbers mean success.
 */
export function parseWash(given: Element): Washed {
  const numbers = elementAt(given, "NumbersSubmitted")?.elements ?? [];
  const washed = new Map<string, ListingAnswer>();
  for (const { text, attributes } of numbers) {
    const digits = text.replace(/\D/g, "").replace(/^0/, "61");
    const result = attributes.get("Result");
    const isSaid = result === "Y" || result === "N" || result === "I";
    // A number with an unknown result, or that occurs twice, is not called.
    if (!isSaid || washed.has(digits)) washed.set(digits, "invalid");
    else
      washed.set(
        digits,
        attributes.get("ErrorCode") === "0" || result !== "N" ? answerByResult[result] : "invalid",
      );
  }
  const code = textAt(given, "ErrorCode") ?? given.attributes.get("ErrorCode");
  return { code: code ?? (washed.size > 0 ? "0" : "—"), answers: washed };
}
