import type { FtcSource } from "@ringfence/core/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { callSoap, noEnvelope } from "../soap/call-soap.ts";
import { type Element, elementAt, escapeXml, textAt } from "../soap/read-xml.ts";
import { shownCode } from "../soap/without-personal.ts";
import type { Asking } from "./publication.ts";

/** Its namespace, and what its SOAP actions begin with. */
const NAMESPACE = "https://telemarketing.donotcall.gov/DownloadSvc/";
/** It makes a list ready while it is asked for. */
const SILENCE_MAX_MS = 10 * 60_000;
/** One that is over at once is no session. */
const SESSIONS_MAX = 2;

type Arguments = Readonly<Record<string, string>>;

/** What an operation said: the code of how it went, and what it gives. */
export type FtcAnswer = { code: string; value: string; strings: string[] };

export type FtcService = (operation: string, args: Arguments) => Promise<FtcAnswer>;

/**
 * The download service of the US registry, for one run. It signs in when it is first asked, and again
 * when the service says that the session is over: then the question is asked anew.
 */
export function openFtc(source: FtcSource, { secret, settings, signal }: Asking): FtcService {
  const { host } = new URL(source.url);
  let token: string | null = null;
  let sessions = 0;

  const call = async (operation: string, args: Arguments) => {
    const body = `<${operation} xmlns="${NAMESPACE}">${elementsOf(args)}</${operation}>`;
    const { url } = source;
    const how = { url, action: NAMESPACE + operation, silenceMaxMs: SILENCE_MAX_MS };
    const answer = await callSoap({ ...how, body, secret, settings, signal });
    const result = elementAt(answer, `${operation}Result`);
    if (result === undefined) throw noEnvelope(host);
    return answerOf(result);
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

/** In the order in which the operations name them: that of the requests for changes is ASSUMED. */
const elementsOf = (args: Arguments) =>
  Object.entries(args)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");

const answerOf = (result: Element): FtcAnswer => ({
  code: textAt(result, "code") ?? result.text.trim(),
  value: textAt(result, "value") ?? "",
  strings: result.elements.filter(({ name }) => name === "string").map(({ text }) => text.trim()),
});
