import { type PlainCall, playsMessage, sells, sellsOrSurveys } from "./law.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.

/** A law that lets people be called until they object. */
export interface OptOutLaw {
  readonly place: string;
  readonly words: string;
  /** Calls that it allows; all of them where it does not say. */
  readonly gives?: (call: PlainCall) => boolean;
  /** Last day on which it is in force. */
  readonly until?: string;
}

/** A law that wants a consent first, in writing or in any form. */
export interface ConsentLaw {
  readonly place: string;
  readonly words: string;
  readonly asks: (call: PlainCall) => "consent" | "written" | null;
  readonly from?: string;
}

/** A law by which a consent ends so many months after it was given. */
export interface ConsentEndLaw {
  readonly place: string;
  readonly words: string;
  readonly months: number;
  readonly ends: (call: PlainCall) => boolean;
  readonly from?: string;
}

export const optOutLaws: readonly OptOutLaw[] = [
  { place: "AR", words: "Ley 26.951: a register of people who object" },
  { place: "AU", words: "DNCR Act 2006 s. 11: a register" },
  { place: "BE", words: "WER art. VI.110 §2: unless the subscriber or user objected" },
  { place: "BR", words: "Anatel self-regulation; LGPD art. 7" },
  { place: "CA", words: "UTR Part II: the national list" },
  { place: "CH", words: "UWG art. 3(1)(u): numbers in the directory without an asterisk" },
  { place: "FR", words: "C. conso L. 223-1, Bloctel", until: "2026-08-10" },
  { place: "GB", words: "PECR reg. 21(1): the register" },
  { place: "IE", words: "S.I. 336/2011 reg. 13-14: calls to landlines" },
  { place: "IL", words: "Consumer Protection Law s. 16B: a register" },
  { place: "IT", words: "Codice privacy art. 130(3-bis): the register of oppositions" },
  { place: "MX", words: "LFPC arts. 17-18: REPEP" },
  {
    place: "PT",
    words: "Lei 41/2004 art. 13-A(2): legal persons, until they refuse",
    gives: (call) => call.isCorporate,
  },
  { place: "SG", words: "PDPA s. 43(1): a register" },
  { place: "US", words: "47 CFR 64.1200(c)(2): the national registry" },
];

const always = () => "consent" as const;

/** Machines without an agent: a recorded message or an artificial voice, and never a predictive dialer. */
const byMachine = (call: PlainCall) => (playsMessage(call) ? "consent" : null);

const writtenByDialer = ({ dialer }: PlainCall) => (dialer === "live_agent" ? null : "written");

export const consentLaws: readonly ConsentLaw[] = [
  { place: "AE", words: "Cabinet Resolution 56 of 2024: only interested consumers", asks: always },
  { place: "AT", words: "TKG 2021 § 174(1): ohne vorherige Einwilligung unzulässig", asks: always },
  { place: "BE", words: "WER art. VI.110 §1: machines", asks: byMachine },
  { place: "CA", words: "UTR Part IV: announcing devices, express consent", asks: byMachine },
  { place: "CO", words: "Ley 2300 arts. 3, 5: channels that the person authorized", asks: always },
  { place: "DE", words: "UWG § 7(2) no. 1: prior express consent", asks: always },
  { place: "DK", words: "Forbrugeraftaleloven § 4: no call without a request", asks: always },
  { place: "ES", words: "LGTel art. 66.1.b: prior consent", asks: always },
  { place: "FR", words: "C. conso L. 223-1 (loi 2025-594)", asks: always, from: "2026-08-11" },
  { place: "GB", words: "PECR reg. 19: automated calls", asks: byMachine },
  { place: "HK", words: "Cap. 486 ss. 35C-35E", asks: always },
  {
    place: "IE",
    words: "S.I. 336/2011 reg. 13: mobiles",
    asks: (call) => (call.isMobile ? "consent" : null),
  },
  { place: "IE", words: "S.I. 336/2011 reg. 13(1): machines", asks: byMachine },
  {
    place: "IL",
    words: "Communications Law s. 30A(b): machines, express consent in writing",
    asks: (call) => (playsMessage(call) ? "written" : null),
  },
  {
    place: "IN",
    words:
      "TCCCPR 2018: who has not blocked such calls may be called; the preference register cannot be read here, so that a consent is asked for",
    asks: always,
  },
  { place: "IT", words: "Codice privacy art. 130(1): without an operator", asks: byMachine },
  { place: "KR", words: "Network Act art. 50(1): prior consent", asks: always },
  { place: "MY", words: "PDPA 2010 s. 6", asks: always },
  { place: "NL", words: "Telecommunicatiewet art. 11.7", asks: always },
  { place: "PL", words: "PKE art. 398(1): without prior consent forbidden", asks: always },
  {
    place: "PT",
    words: "Lei 41/2004 art. 13-A(1): natural persons, prior express consent",
    asks: (call) => (call.isCorporate ? null : "consent"),
  },
  { place: "RU", words: "38-FZ art. 18 part 1: only with prior consent", asks: always },
  { place: "SA", words: "PDPL art. 25: prior consent", asks: always },
  { place: "SE", words: "Marknadsföringslag 19 §: machines", asks: byMachine },
  { place: "TR", words: "Law 6563 art. 6(1): prior approval", asks: always },
  {
    place: "UA",
    words: "Law on Advertising art. 14-3(2): mass calls, prior written consent",
    asks: writtenByDialer,
  },
  { place: "ZA", words: "POPIA s. 69(1), Guidance Note of 2024-12-03", asks: always },
  {
    place: "US",
    words: "47 CFR 64.1200(a)(2): autodialer or artificial voice, prior express written consent",
    asks: writtenByDialer,
  },
  {
    place: "US-AZ",
    words: "A.R.S. 13-2919: recorded messages",
    asks: (call) => (playsMessage(call) && sellsOrSurveys(call) ? "consent" : null),
  },
  {
    place: "US-AZ",
    words: "A.R.S. 44-1278(B)(3): unsolicited sales calls to mobiles",
    asks: (call) => (call.isMobile && sells(call) ? "consent" : null),
  },
  { place: "US-CA", words: "Cal. Pub. Util. Code 2873: prior agreement", asks: byMachine },
  {
    place: "US-CT",
    words: "Conn. Gen. Stat. 42-288a, P.A. 23-98: every call",
    asks: () => "written",
  },
  { place: "US-FL", words: "Fla. Stat. 501.059(8)(a)", asks: writtenByDialer },
  { place: "US-IN", words: "IC 24-5-14-5(b)", asks: byMachine },
  {
    place: "US-KY",
    words: "KRS 367.461(2)(a), 367.463(2)",
    asks: (call) => (playsMessage(call) && sellsOrSurveys(call) ? "written" : null),
  },
  {
    place: "US-LA",
    words: "General Order R-29617, V(A)(12)(b): cellular numbers",
    asks: (call) => (call.isMobile ? "consent" : null),
  },
  { place: "US-MD", words: "Md. Code Com. Law 14-4502(a)(3)", asks: writtenByDialer },
  {
    place: "US-NJ",
    words: "N.J.S.A. 56:8-130: unsolicited calls to mobiles",
    asks: (call) => (call.isMobile ? "consent" : null),
  },
  { place: "US-OK", words: "15 O.S. 775C.2-775C.3", asks: writtenByDialer },
  {
    place: "US-OK",
    words: "15 O.S. 755.1(C)(3): a written request",
    asks: (call) => (playsMessage(call) && sellsOrSurveys(call) ? "written" : null),
  },
  {
    place: "US-VA",
    words: "Va. Code 59.1-518.2",
    asks: (call) => (playsMessage(call) && sells(call) ? "consent" : null),
  },
];

export const consentEndLaws: readonly ConsentEndLaw[] = [
  {
    place: "AU",
    words: "DNCR Act Sch. 2 cl. 3: three months where no period is stated",
    months: 3,
    ends: () => true,
  },
  {
    place: "ES",
    words: "Ley 10/2025: renewed every two years",
    months: 24,
    ends: () => true,
    from: "2025-12-28",
  },
  {
    place: "US-KY",
    words: "KRS 367.463(2)(d): two years",
    months: 24,
    ends: (call) => playsMessage(call) && sellsOrSurveys(call),
  },
];
