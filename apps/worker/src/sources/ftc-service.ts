import type { FtcSource } from "@ringfence/core/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { callSoap, noEnvelope } from "../soap/call-soap.ts";
import { type Element, elementAt, escapeXml, textAt } from "../soap/read-xml.ts";
import { shownCode } from "../soap/without-personal.ts";
import type { Asking } from "./publication.ts";

/** XML namespace, and prefix of the SOAP actions. */
const NAMESPACE = "https://telemarketing.donotcall.gov/DownloadSvc/";
/** Long, because the service prepares a list while the request waits. */
const SILENCE_MAX_MS = 10 * 60_000;
/** Most sign-ins without an answer in between; a session that ends at once is unusable. */
const SESSIONS_MAX = 2;

type Arguments = Readonly<Record<string, string>>;

/** Result of an operation: its status code and its values. */
export type FtcAnswer = { code: string; value: string; strings: string[] };

export type FtcService = (operation: string, args: Arguments) => Promise<FtcAnswer>;

/**
 * The download service of the US registry, for one run. Signs in on first use, and again when the
 * service says that the session is over; the request is then repeated.
 */
export function openFtc(source: FtcSource, { secret, settings, signal }: Asking): FtcService {
  const { host } = new URL(source.url);
  let token: string | null = null;
  let sessions = 0;

  const call = async (operation: string, args: Arguments) => {
    const body = `<${operation} xmlns="${NAMESPACE}">${toElements(args)}</${operation}>`;
    const { url } = source;
    const how = { url, action: NAMESPACE + operation, silenceMaxMs: SILENCE_MAX_MS };
    const answer = await callSoap({ ...how, body, secret, settings, signal });
    const result = elementAt(answer, `${operation}Result`);
    if (result === undefined) throw noEnvelope(host);
    return toFtcAnswer(result);
  };
  const signIn = async () => {
    if (++sessions > SESSIONS_MAX) {
      throw new RunFault({ key: "source.session-over", values: { host } }, { isTransient: true });
    }
    const { organization: strCoID, userType } = source;
    const { code, value } = await call("Login", {
      strCoID,
      strCoPwd: secret ?? "",
      userType,
      enumCertify: "Agree",
    });
    if (code === "CertificationNotAgreed") throw new RunFault({ key: "source.ftc-certification" });
    if (code !== "LoginOK" || value === "") {
      throw new RunFault({ key: "source.ftc-sign-in", values: { code: shownCode(code, secret) } });
    }
    return value;
  };
  return async (operation, args) => {
    for (;;) {
      token ??= await signIn();
      const strCoID = source.organization;
      const answer = await call(operation, { ...args, strSessionToken: token, strCoID });
      if (answer.code !== "SessionExpired") {
        sessions = 0;
        return answer;
      }
      token = null;
    }
  };
}

/**
 * Arguments as XML, in the order in which the operations name them. ASSUMED for the requests for
 * changes.
 */
const toElements = (args: Arguments) =>
  Object.entries(args)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");

const toFtcAnswer = (result: Element): FtcAnswer => ({
  code: textAt(result, "code") ?? result.text.trim(),
  value: textAt(result, "value") ?? "",
  strings: result.elements.filter(({ name }) => name === "string").map(({ text }) => text.trim()),
});
