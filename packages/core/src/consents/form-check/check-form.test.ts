import { describe, expect, it } from "vitest";
import {
  aBox,
  aControl,
  aForm,
  aFormContext,
  aPassage,
  label,
  looks,
  noCondition,
  spoken,
  withdrawal,
} from "../../../testing/rendered-form.ts";
import { fromStoredMessage, messages, say } from "../../platform/message/index.ts";
import { CheckResult, checkForm, checks } from "./check-form.ts";
import { CheckId, checkBook, findCheckNumber } from "./check-book.ts";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import type { FormContextInput, RenderedForm } from "./check-input.ts";

it("passes a good form in every check, without a question", () => {
  const results = checkForm(aForm(), aFormContext(), bundledRuleBook);
  expect(
    results.filter(({ finding }) => finding.result !== "pass").map(({ check }) => check),
  ).toEqual(["refusal-as-easy"]);
});

it("has 34 checks, each with a citation, and finds them by number", () => {
  expect([...checkBook.entries.keys()]).toEqual(CheckId.options);
  expect(findCheckNumber("not-pre-ticked")).toBe(1);
  expect(findCheckNumber("objection-in-call")).toBe(34);
});

it("names a source for each ground that was not written from memory, or the law itself", () => {
  const lost = [...checkBook.entries.values()]
    .flatMap(({ grounds }) => grounds.flatMap(({ source }) => source ?? []))
    .filter((source) => !(source in checkBook.sources) && !(source in bundledRuleBook.sources));
  expect(lost).toEqual([]);
});

it.each(CheckId.options)("has a title for %s in both languages", (check) => {
  const titles = Object.values(messages).map((words) => words[`form-check.title.${check}`]);
  expect(new Set(titles).size).toBe(2);
});

it("stays the same as JSON", () => {
  const spoilt = aForm({ controls: [aBox({ isTickedAtFirst: true })], privacyNotice: null });
  const results = checkForm(spoilt, aFormContext(), bundledRuleBook);
  expect(CheckResult.array().parse(JSON.parse(JSON.stringify(results)))).toEqual(results);
});

const findResult = (check: CheckId, spoilt = aForm(), context = aFormContext()) =>
  checkForm(spoilt, context, bundledRuleBook).find((result) => result.check === check);

const findSeverities = (...asked: Parameters<typeof findResult>) =>
  findResult(...asked)?.severities;

describe("severities", () => {
  it("applies a union's checks to a place that one of the laws puts into it", () => {
    const context = aFormContext({ jurisdictions: ["GR"] });
    const jurisdictions = new Map(bundledRuleBook.jurisdictions).set("GR", {
      name: "Greece",
      parent: "EU",
    });
    const severity = (law: Pick<typeof bundledRuleBook, "jurisdictions">) =>
      checkForm(aForm(), context, law).find(({ check }) => check === "withdrawal-as-easy")
        ?.severities.GR;
    expect([severity(bundledRuleBook), severity({ jurisdictions })]).toEqual([undefined, "block"]);
    const both = checkForm(aForm(), context, bundledRuleBook, { jurisdictions });
    expect(both.find(({ check }) => check === "withdrawal-as-easy")?.severities.GR).toBe("block");
  });

  it("depends on the jurisdiction, and a state is in its country", () => {
    expect(findSeverities("no-open-list")).toEqual({ "US-CA": "warn", GB: "block", NL: "block" });
    expect(findSeverities("refusal-as-easy")).toEqual({ "US-CA": "block", NL: "warn" });
  });

  it("is nothing if no jurisdiction of the form requires the check, and says so", () => {
    const result = findResult(
      "data-consent-apart",
      aForm(),
      aFormContext({ jurisdictions: ["GB"] }),
    );
    expect(result).toMatchObject({
      finding: { result: "not-applicable", because: { key: "form-check.na.place" } },
      severities: {},
    });
  });

  it("is nothing for channels that the form does not ask for", () => {
    const result = findResult(
      "automatic-calls-said",
      aForm(),
      aFormContext({ jurisdictions: ["US"], channels: ["voice_live"] }),
    );
    expect(result?.finding).toMatchObject({ because: { key: "form-check.na.channel" } });
  });

  it("is higher if the missing part is the one that the jurisdiction requires", () => {
    const context = aFormContext({ jurisdictions: ["NL", "AU"], products: ["doors"] });
    expect(findSeverities("products-and-period", aForm(), context)).toEqual({ NL: "block" });
    const endless = aForm({ controls: [aBox({ label: "I agree to marketing calls" })] });
    expect(findSeverities("products-and-period", endless, context)).toEqual({
      NL: "block",
      AU: "block",
    });
  });
});

it("describes every fault and question in both languages, with all values filled in", () => {
  const bare = aForm({
    controls: [],
    passages: [aPassage("By clicking Send you agree to calls of our partners.")],
    links: [],
    submission: null,
    privacyNotice: null,
    withdrawal: null,
  });
  const { jurisdictions, seller, channels } = aFormContext();
  const said = checkForm(bare, { jurisdictions, seller, channels }, bundledRuleBook).flatMap(
    ({ finding }) => {
      if (finding.result === "fail") return finding.faults.map(({ message }) => message);
      return finding.result === "cannot-tell" ? [finding.question] : [];
    },
  );
  expect(said.length).toBeGreaterThan(15);
  for (const message of said) {
    expect(say("en", fromStoredMessage(message))).not.toMatch(/[{}]|undefined/);
    expect(say("ru", fromStoredMessage(message))).toMatch(/[а-я]/);
  }
});

describe("checks", () => {
  const withBox = (spoilt: Parameters<typeof aBox>[0]) =>
    aForm({
      controls: aForm().controls.map((it) => (it.selector === "#calls" ? aBox(spoilt) : it)),
    });

  const asking = (label: string) => withBox({ label });

  const beside = (...texts: string[]) => aForm({ passages: texts.map((text) => aPassage(text)) });

  const yes = aControl({ selector: "#yes", kind: "button", label: "Yes, call me with offers" });

  const no = aControl({ selector: "#no", kind: "button", label: "No" });

  const pair = (spoilt: Partial<typeof no>) => aForm({ controls: [yes, { ...no, ...spoilt }] });

  const { submission, privacyNotice, withdrawal: page } = aForm();

  const sent = (spoilt: Partial<NonNullable<RenderedForm["submission"]>["boxesEmpty"]>) =>
    aForm({
      submission: submission && {
        ...submission,
        boxesEmpty: { ...submission.boxesEmpty, ...spoilt },
      },
    });

  /** Each spoils one thing, and is found by one check, with this sentence. */
  const scenes: [CheckId, RenderedForm, string][] = [
    ["not-pre-ticked", withBox({ isTickedAtFirst: true }), "page"],
    ["not-pre-ticked", withBox({ isTickedOnLoad: true }), "script"],
    [
      "positive-act",
      aForm({ controls: [], passages: [aPassage("By continuing you agree to calls.")] }),
      "implied",
    ],
    ["apart-from-terms", asking("I accept the terms and agree to calls."), "bundled"],
    ["apart-from-terms", asking("Принимаю условия оферты и согласен на звонки."), "bundled"],
    ["data-consent-apart", asking("I agree to processing of my personal data and calls"), "mixed"],
    ["data-consent-apart", aForm({ links: [] }), "no-document"],
    ["one-purpose-a-box", asking("I agree to marketing calls and a credit check."), "several"],
    ["telephone-named", asking("You may contact me with offers."), "missing"],
    ["seller-named", asking("I agree to marketing calls."), "missing"],
    ["no-open-list", asking("I agree to marketing calls of your partners."), "open"],
    ["purpose-named", asking("Example Windows LLC may call me."), "missing"],
    ["products-and-period", asking("I agree to marketing calls."), "no-period"],
    ["not-a-condition-said", beside(withdrawal), "missing"],
    ["goes-through-empty", withBox({ isRequired: true }), "required"],
    ["goes-through-empty", sent({ isAccepted: false }), "refused"],
    ["goes-through-empty", sent({ prices: ["$12"] }), "price"],
    ["goes-through-empty", sent({ path: "/sorry" }), "page"],
    ["automatic-calls-said", asking("I agree to marketing calls."), "missing"],
    ["number-typed", aForm({ controls: [aControl({ kind: "tel", isHidden: true })] }), "hidden"],
    [
      "number-typed",
      aForm({ controls: [aControl({ kind: "tel", value: "+12015550100" })] }),
      "prefilled",
    ],
    ["number-typed", aForm({ controls: [aControl({ kind: "tel", isReadOnly: true })] }), "fixed"],
    ["signed", aForm({ controls: [] }), "none"],
    ["withdrawal-said", beside(noCondition), "missing"],
    ["withdrawal-said", beside("You may withdraw at any time."), "no-way"],
    ["withdrawal-said", aForm({ passages: [aPassage(withdrawal, { order: 9 })] }), "late"],
    [
      "withdrawal-as-easy",
      aForm({ withdrawal: page && { ...page, asksPassword: true } }),
      "log-in",
    ],
    ["withdrawal-as-easy", aForm({ withdrawal: page && { ...page, steps: 9 } }), "longer"],
    [
      "withdrawal-as-easy",
      aForm({
        controls: [aControl({ looks: looks({ box: null }) })],
        withdrawal: page && { ...page, steps: 0 },
      }),
      "longer",
    ],
    ["withdrawal-as-easy", aForm({ withdrawal: page && { ...page, status: 404 } }), "away"],
    ["withdrawal-as-easy", beside("Withdraw only by phone: 0800 123 456."), "phone-only"],
    ["withdrawal-as-easy", beside("You can withdraw exclusively by post."), "exclusive"],
    ["refusal-as-easy", aForm({ controls: [yes] }), "missing"],
    [
      "refusal-as-easy",
      pair({ looks: looks({ box: { x: 0, y: 0, width: 10, height: 10 } }) }),
      "smaller",
    ],
    [
      "refusal-as-easy",
      pair({ looks: { ...no.looks, wide: { ...no.looks.wide, contrast: 2 } } }),
      "fainter",
    ],
    ["no-dark-pattern", aForm({ countdowns: ["00:59"] }), "countdown"],
    ["no-dark-pattern", pair({ label: "No, I'd rather pay full price" }), "guilt"],
    ["no-dark-pattern", asking("I do not want not to be called with offers."), "double-negative"],
    ["no-dark-pattern", aForm({ asksAgain: true }), "again"],
    [
      "plain-language",
      asking(`${"I agree to calls and to more calls and ".repeat(6)}that is all.`),
      "long",
    ],
    ["plain-language", asking("Notwithstanding the foregoing I hereby agree to calls."), "jargon"],
    [
      "plain-language",
      aForm({
        controls: [
          aBox({ label: "Telecommunications organizations: authorization, consent, calls about" }),
        ],
        passages: [],
      }),
      "hard",
    ],
    ["plain-language", asking("I agree to calls. Untick if you do not want offers."), "twisted"],
    [
      "beside-the-box",
      aForm({ passages: [aPassage(withdrawal, { hiddenBy: "accordion" })] }),
      "hidden",
    ],
    [
      "beside-the-box",
      aForm({
        passages: [
          aPassage(withdrawal, { looks: looks({ box: { x: 0, y: 3000, width: 9, height: 9 } }) }),
        ],
      }),
      "far",
    ],
    ["contrast", withBox({ labelLooks: looks({ contrast: 3.9 }) }), "faint"],
    ["text-size", withBox({ labelLooks: looks({ fontPx: 11 }) }), "small"],
    ["target-size", aForm({ controls: [aControl({ kind: "checkbox" })] }), "unnamed"],
    ["in-sight", withBox({ labelLooks: looks({ coveredBy: "#banner" }) }), "unseen"],
    [
      "in-sight",
      withBox({ labelLooks: { wide: looks().wide, narrow: looks({ box: null }).narrow } }),
      "unseen",
    ],
    ["in-sight", withBox({ labelLooks: null, looks: looks({ opacity: 0.4 }) }), "unseen"],
    ["one-language", aForm({ language: "ru" }), "differs"],
    ["privacy-notice", aForm({ privacyNotice: null, links: [] }), "missing"],
    [
      "privacy-notice",
      aForm({ privacyNotice: privacyNotice && { ...privacyNotice, status: 404 } }),
      "away",
    ],
    [
      "privacy-notice",
      aForm({ privacyNotice: privacyNotice && { ...privacyNotice, text: "We care." } }),
      "no-controller",
    ],
    ["text-as-stored", asking(`${label} And more.`), "differs"],
  ];

  it.each(scenes)("%s: %#", (check, form, fault) => {
    expect(checks[check](aForm(), aFormContext()).result).not.toBe("fail");
    const found = checks[check](form, aFormContext());
    expect(found).toMatchObject({ result: "fail" });
    const keys = found.result === "fail" ? found.faults.map(({ message }) => message.key) : [];
    expect(keys).toContain(`form-check.${check}.${fault}`);
  });

  const small = (x: number) => looks({ box: { x, y: 0, width: 13, height: 13 } });

  it("counts two small adjacent controls as hard to hit", () => {
    const [a, b] = [
      aBox({ labelLooks: null, looks: small(0) }),
      aBox({ selector: "#b", looks: small(14) }),
    ];
    expect(checks["target-size"](aForm({ controls: [a] }), aFormContext()).result).toBe("pass");
    expect(checks["target-size"](aForm({ controls: [a, b] }), aFormContext()).result).toBe("fail");
  });
});

describe("process checks", () => {
  /** Checks of what stands behind the form: each spoils one thing of the context. */
  const scenes: [CheckId, FormContextInput | Partial<FormContextInput>, string][] = [
    ["products-and-period", { products: ["doors"] }, "no-products"],
    ["signed", { isSignatureLogged: false }, "unlogged"],
    ["one-language", { callLanguage: "ru-RU" }, "differs"],
    ["privacy-notice", { seller: { legalName: "Other Ltd" } }, "no-controller"],
    ["evidence-captured", { captured: ["ip", "url"] }, "missing"],
    ["number-verified", { verification: { method: "none", text: "" } }, "none"],
    [
      "number-verified",
      { verification: { method: "sms_code", text: "1234. See our special offers!" } },
      "advertises",
    ],
    ["not-reused", { screenedBy: ["seller"] }, "unbound"],
    ["spoken-in-full", { transcript: spoken.slice(1) }, "missing"],
    ["spoken-in-full", { transcript: spoken.slice(0, 2) }, "no-yes"],
    ["spoken-in-full", { transcript: [spoken[0], spoken[2]] }, "unasked"],
    ["objection-in-call", { callScript: "Good day, we have news for you." }, "missing"],
  ];

  it.each(scenes)("%s: %#", (check, context, fault) => {
    const found = checks[check](aForm(), aFormContext(context));
    const keys = found.result === "fail" ? found.faults.map(({ message }) => message.key) : [];
    expect(keys).toContain(`form-check.${check}.${fault}`);
  });

  it("does not take a yes to an earlier question for the consent", () => {
    const hello = [
      { speaker: "agent", text: "Good day. Am I speaking with Ms. Lee?" },
      { speaker: "person", text: "Yes." },
    ] as const;
    const check = (transcript: FormContextInput["transcript"]) =>
      checks["spoken-in-full"](aForm(), aFormContext({ transcript })).result;
    expect(check([...hello, ...spoken])).toBe("pass");
    expect(check([...hello])).toBe("fail");
  });

  it("fails if the rest is said after the yes that gives the consent", () => {
    const agent = "Example Windows LLC would like to call you with marketing. Do you agree?";
    const transcript = [
      { speaker: "agent", text: agent },
      { speaker: "person", text: "Yes." },
      { speaker: "agent", text: "You can withdraw at any time. Is your name Lee?" },
      { speaker: "person", text: "Yes." },
    ] as const;
    const context = aFormContext({ transcript: [...transcript] });
    expect(checks["spoken-in-full"](aForm(), context).result).toBe("fail");
  });

  it("fails if the product has a minimum age and nothing asks for it", () => {
    const silent = aForm({ controls: [] });
    expect(checks["age-asked"](silent, aFormContext()).result).toBe("fail");
    expect(checks["age-asked"](silent, aFormContext({ minimumAge: null })).result).toBe(
      "not-applicable",
    );
  });

  describe("unknown facts", () => {
    const { jurisdictions, seller, channels } = aFormContext();
    const nothing = { jurisdictions, seller, channels };

    it.each([
      "text-as-stored",
      "evidence-captured",
      "number-verified",
      "not-reused",
      "spoken-in-full",
      "objection-in-call",
      "products-and-period",
      "signed",
      "one-language",
    ] as const)("makes %s a question", (check) => {
      expect(checks[check](aForm(), nothing).result).toBe("cannot-tell");
    });

    it.each([
      ["goes-through-empty", { submission: null }],
      ["withdrawal-as-easy", { withdrawal: null }],
      ["privacy-notice", { privacyNotice: null }],
    ] as const)("makes %s a question where the browser did not look", (check, spoilt) => {
      expect(checks[check](aForm(spoilt), nothing).result).toBe("cannot-tell");
    });

    it.each(["OOO Romashka", "Romashka LTD", "Ромашка, ооо"])(
      "asks whether people know %s without its legal form",
      (legalName) => {
        const name = /romashka|ромашка/i.exec(legalName)?.[0] ?? "";
        const form = aForm({
          controls: [
            aControl({ kind: "checkbox", label: `I agree to marketing calls of ${name}.` }),
          ],
        });
        const context = aFormContext({ seller: { legalName, brands: [] } });
        expect(checks["seller-named"](form, context)).toMatchObject({ result: "cannot-tell" });
      },
    );

    it("asks about a brand in place of the legal name", () => {
      const context = aFormContext({
        seller: { legalName: "EW Holding Ltd", brands: ["Example Windows"] },
      });
      expect(checks["seller-named"](aForm(), context)).toMatchObject({
        result: "cannot-tell",
        question: { values: { name: "Example Windows", legalName: "EW Holding Ltd" } },
      });
    });
  });
});
