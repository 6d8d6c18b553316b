import { expect, it } from "vitest";
import {
  aBox,
  aControl,
  aForm,
  aFormContext,
  aPassage,
  label,
  looks,
  noCondition,
  withdrawal,
} from "../../../testing/rendered-form.ts";
import type { CheckId } from "./check-id.ts";
import { checks } from "./checks.ts";
import type { RenderedForm } from "./rendered-form.ts";

const withBox = (spoilt: Parameters<typeof aBox>[0]) =>
  aForm({ controls: aForm().controls.map((it) => (it.selector === "#calls" ? aBox(spoilt) : it)) });
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
  ["withdrawal-as-easy", aForm({ withdrawal: page && { ...page, asksPassword: true } }), "log-in"],
  ["withdrawal-as-easy", aForm({ withdrawal: page && { ...page, fields: 9 } }), "longer"],
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

it("counts two small controls that stand close as hard to hit", () => {
  const [a, b] = [
    aBox({ labelLooks: null, looks: small(0) }),
    aBox({ selector: "#b", looks: small(14) }),
  ];
  expect(checks["target-size"](aForm({ controls: [a] }), aFormContext()).result).toBe("pass");
  expect(checks["target-size"](aForm({ controls: [a, b] }), aFormContext()).result).toBe("fail");
});
