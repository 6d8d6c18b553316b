import { bundledRuleBook } from "@ringfence/core/people/jurisdiction";
import { createTranslator } from "next-intl";
import { expect, it } from "vitest";
import en from "../../../../../messages/en.json";
import ru from "../../../../../messages/ru.json";
import { type ExampleTexts, describeExample, findBoundary } from "./example-words";

const texts = (locale: "en" | "ru"): ExampleTexts => {
  const messages = locale === "en" ? en : ru;
  return {
    locale,
    t: createTranslator({ locale, messages, namespace: "ruleExamples" }),
    values: createTranslator({ locale, messages, namespace: "rules.whenValues" }),
    reasons: createTranslator({ locale, messages, namespace: "reasons" }),
    elements: createTranslator({ locale, messages, namespace: "elements" }),
  };
};

const load = (id: string) => {
  const rule = bundledRuleBook.rules.find((one) => one.id === id);
  const examples = bundledRuleBook.examples.get(id);
  if (rule === undefined || examples === undefined) throw new Error(`${id} has no examples`);
  return { rule, examples };
};

it.each([
  ["en", "US-FL.hours", 1, "30 Nov 2026, 20:01 local time: refused (Outside calling hours)."],
  ["en", "US-FL.hours", 0, "30 Nov 2026, 19:59 local time: allowed."],
  [
    "en",
    "US-FL.cap",
    1,
    "30 Nov 2026, 16:00 local time; 3 earlier calls (09:00, 11:00, 13:00): refused (Called too often).",
  ],
  [
    "ru",
    "RU.consent.ads",
    1,
    "30 нояб. 2026, 12:00 по местному времени; продавец звонит всем, кто не отказался; согласия нет: отклонён (Нет согласия).",
  ],
] as const)("tells in %s example %s, %i", (locale, id, index, sentence) => {
  expect(describeExample(texts(locale), load(id).examples[index])).toBe(sentence);
});

it("finds the time between two examples of hours, and none between others", () => {
  const boundary = (id: string) => findBoundary(load(id).rule, load(id).examples);
  expect(boundary("US-FL.hours")).toBe("20:00");
  expect(boundary("US-FL.cap")).toBeNull();
});

it("describes every example of every rule without raw values", () => {
  const sentences = [...bundledRuleBook.examples.values()].flatMap((pair) =>
    pair.map((example) => describeExample(texts("ru"), example)),
  );
  expect(
    sentences.filter((text) => /_|undefined|ruleExamples|не указано: [a-z]/.test(text)),
  ).toEqual([]);
});
