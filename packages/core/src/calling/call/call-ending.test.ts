import { expect, it } from "vitest";
import { toCallResponse } from "../../audience/campaign/index.ts";
import { toCallEnd, readDisposition } from "./index.ts";
import { findCallResult } from "../../audience/relevance/index.ts";
import { ownOutcomes } from "./call-row.ts";
import { findEnding, knownCodes, ownWords } from "./call-ending.ts";

const at = new Date("2026-03-31T12:00:00Z");
const resultOfCode = (code: string) =>
  findCallResult({ at, outcomes: [code], optOuts: [], complaints: [] });

it.each([
  // Code, then how campaign results, the model, the abandonment count and the opt-out reader read it.
  ["accepted", "accepted", "accepted", "answered", "other"],
  ["SALE", "accepted", "accepted", "answered", "other"],
  ["refused", "refused", "refused", "answered", "other"],
  ["NI", "refused", "refused", "answered", "other"],
  ["dec", "refused", "refused", "answered", "other"],
  ["Not_Interested", "refused", "refused", "answered", "question"],
  ["NP", "reached", null, "answered", "other"],
  ["opted_out", "opted-out", "opted_out", "answered", "refusal"],
  ["DNC", "opted-out", "opted_out", "answered", "refusal"],
  ["DNCL", "none", null, "other", "refusal"],
  ["complaint", "complained", "complained", "answered", "question"],
  ["reached", "reached", null, "answered", "other"],
  ["PDROP", "none", null, "abandoned", "other"],
  ["abandoned", "none", null, "abandoned", "other"],
  ["no_answer", "none", null, "other", "other"],
  ["NA", "none", null, "other", "other"],
  ["constructor", "none", null, "other", "other"],
])("reads %s alike wherever it is read", (code, response, result, end, reading) => {
  expect(toCallResponse(code)).toBe(response);
  expect(resultOfCode(code)).toBe(result);
  expect(toCallEnd(code)).toBe(end);
  expect(readDisposition("vicidial", code, {})).toBe(reading);
});

it("reads a code in any spelling, and every word of our own", () => {
  for (const code of Object.keys(knownCodes["vicidial"] ?? {})) {
    expect(findEnding(` ${code.toLowerCase()} `)).toBe(findEnding(code));
  }
  expect(Object.keys(ownWords).toSorted()).toEqual([...ownOutcomes].toSorted());
  expect(findEnding(null)).toBeNull();
});
