import { describe, expect, it } from "vitest";
import { aBox, aForm, aFormContext, aPassage } from "../../../testing/rendered-form.ts";
import { messages, say } from "../../platform/message/index.ts";
import { checkForm, CheckResult } from "./check-form.ts";
import { checkBook, sourceOf } from "./check-book.ts";
import { CheckId, checkNumber } from "./check-id.ts";

it("lets a good form pass every check, and asks nothing", () => {
  const results = checkForm(aForm(), aFormContext());
  expect(
    results.filter(({ finding }) => finding.result !== "pass").map(({ check }) => check),
  ).toEqual(["refusal-as-easy"]);
});

it("knows 34 checks, each with a citation, and calls them by their numbers", () => {
  expect([...checkBook.entries.keys()]).toEqual(CheckId.options);
  expect(checkNumber("not-pre-ticked")).toBe(1);
  expect(checkNumber("objection-in-call")).toBe(34);
});

it("knows where each ground was read that was not written from memory, or names the law itself", () => {
  const lost = [...checkBook.entries.values()]
    .flatMap(({ grounds }) => grounds)
    .filter((ground) => ground.source !== undefined && sourceOf(ground) === null);
  expect(lost).toEqual([]);
});

it.each(CheckId.options)("has a title for %s in both languages", (check) => {
  const titles = Object.values(messages).map((words) => words[`form-check.title.${check}`]);
  expect(new Set(titles).size).toBe(2);
});

it("survives being kept as JSON", () => {
  const spoilt = aForm({ controls: [aBox({ isTickedAtFirst: true })], privacyNotice: null });
  const results = checkForm(spoilt, aFormContext());
  expect(CheckResult.array().parse(JSON.parse(JSON.stringify(results)))).toEqual(results);
});

const resultOf = (check: CheckId, spoilt = aForm(), context = aFormContext()) =>
  checkForm(spoilt, context).find((result) => result.check === check);
const costOf = (...asked: Parameters<typeof resultOf>) => resultOf(...asked)?.severities;

describe("what a fault costs", () => {
  it("is a matter of the place, and a state lies in its country", () => {
    expect(costOf("no-open-list")).toEqual({ "US-CA": "warn", GB: "block", NL: "block" });
    expect(costOf("refusal-as-easy")).toEqual({ "US-CA": "block", NL: "warn" });
  });

  it("is nothing where no place of the form asks for it, and the check says so", () => {
    const result = resultOf("data-consent-apart", aForm(), aFormContext({ jurisdictions: ["GB"] }));
    expect(result).toMatchObject({
      finding: { result: "not-applicable", because: { key: "form-check.na.place" } },
      severities: {},
    });
  });

  it("is nothing for channels that nobody claims", () => {
    const result = resultOf(
      "automatic-calls-said",
      aForm(),
      aFormContext({ jurisdictions: ["US"], channels: ["voice_live"] }),
    );
    expect(result?.finding).toMatchObject({ because: { key: "form-check.na.channel" } });
  });

  it("is more where the part that is missing is the one that the place asks for", () => {
    const context = aFormContext({ jurisdictions: ["NL", "AU"], products: ["doors"] });
    expect(costOf("products-and-period", aForm(), context)).toEqual({ NL: "block" });
    const endless = aForm({ controls: [aBox({ label: "I agree to marketing calls" })] });
    expect(costOf("products-and-period", endless, context)).toEqual({ NL: "block", AU: "block" });
  });
});

it("says every fault and question in both languages, with nothing left open in them", () => {
  const bare = aForm({
    controls: [],
    passages: [aPassage("By clicking Send you agree to calls of our partners.")],
    links: [],
    submission: null,
    privacyNotice: null,
    withdrawal: null,
  });
  const { jurisdictions, seller, channels } = aFormContext();
  const said = checkForm(bare, { jurisdictions, seller, channels }).flatMap(({ finding }) => {
    if (finding.result === "fail") return finding.faults.map(({ message }) => message);
    return finding.result === "cannot-tell" ? [finding.question] : [];
  });
  expect(said.length).toBeGreaterThan(15);
  for (const message of said) {
    expect(say("en", message)).not.toMatch(/[{}]|undefined/);
    expect(say("ru", message)).toMatch(/[а-я]/);
  }
});
