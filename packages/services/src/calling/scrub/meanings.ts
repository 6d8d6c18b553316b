import { coversQuestion, type ConsentQuestion, isGrant } from "@ringfence/core/consents/consent";
import { refusesCall } from "@ringfence/core/do-not-call/opt-out";
import { consentOf, optOutOf } from "../screening/facts-of.ts";
import { factsRowOf } from "./facts-row-of.ts";
import { type OwnFacts, placeSaid } from "./own-facts.ts";

/** What a consent or a refusal says about the call that is asked about. */
export type Meaning =
  | { kind: "grant" | "no" | "request" | "void"; covers: boolean; isProven: boolean }
  | { kind: "opt-out"; refuses: boolean };

/** The meaning of a fact, worked out once for each text that facts share. */
export function meaningsOf(own: OwnFacts, question: ConsentQuestion) {
  const known: (Meaning | undefined)[] = [];
  return (fact: number): Meaning =>
    (known[placeSaid(own, fact)] ??= meaningOf(own, fact, question));
}

function meaningOf(own: OwnFacts, fact: number, question: ConsentQuestion): Meaning {
  const { consents, optOuts } = factsRowOf(own, [fact]);
  const [consent] = consents.map(consentOf);
  if (consent !== undefined) {
    const covers = coversQuestion(consent, question);
    return { kind: kindOf(consent.type, isGrant(consent)), covers, isProven: consent.isProven };
  }
  const [optOut] = optOuts.map(optOutOf);
  if (optOut === undefined) throw new Error("neither a consent nor a refusal");
  return { kind: "opt-out", refuses: refusesCall(optOut, question) };
}

function kindOf(type: string, isGrant: boolean) {
  if (isGrant) return "grant";
  if (type === "requested") return "request";
  return type === "invalidated" ? "void" : "no";
}
