import { describe, expect, it } from "vitest";
import { detectLanguage, computeReadingEase } from "./checks/readable-text.ts";
import { type Topic, containsName, findSentence, splitSentences, mentions } from "./wording.ts";

it.each([
  ["call", "We may CALL you", true],
  ["call", "Recall: our call centre", false],
  ["call", "Я согласен на телефонные звонки", true],
  ["withdraw", "Согласие можно отозвать", true],
  ["withdraw", "Отзывы клиентов", false],
  ["openList", "партнёрам компании", true],
  ["period", "for 12 months", true],
  ["period", "for months", false],
  ["doubleNegative", "не хочу не получать звонки", true],
  ["doubleNegative", "Согласие не является условием покупки и не продлевается", false],
  ["notCondition", "You are not required to agree in order to buy", true],
] as const satisfies [Topic, string, boolean][])("%s: “%s” %s", (topic, text, expected) => {
  expect(mentions(topic, text)).toBe(expected);
});

it("quotes the sentence, and leaves out sentences that deny it", () => {
  const text = "We call you. We never pass numbers to partners. Our partners call you.";
  expect(findSentence("openList", text, ["negation"])).toBe("Our partners call you.");
  expect(findSentence("openList", text)).toBe("We never pass numbers to partners.");
  expect(findSentence("guilt", text)).toBeNull();
});

it("ends sentences at spaces only", () => {
  expect(splitSentences("Write to stop@example.com. Or not!\nНапишите нам")).toEqual([
    "Write to stop@example.com.",
    "Or not!",
    "Напишите нам",
  ]);
});

describe("containsName", () => {
  it.each([
    ["ООО «Ромашка»", 'Я согласен на звонки ООО "Ромашка".', true],
    ["Example Windows LLC", "calls of Example Windows, LLC.", true],
    ["Example Windows LLC", "calls of Example Windows", false],
    ["Ann", "Annabel calls", false],
  ])("%s in %s: %s", (name, text, expected) => {
    expect(containsName(name, text)).toBe(expected);
  });
});

it.each([
  ["I agree to calls about your windows", "en"],
  ["Я согласен на рекламные звонки", "ru"],
  ["Ich willige ein, dass Sie mich anrufen", null],
  ["Я згоден на дзвінки про вікна", null],
  ["ООО", null],
])("%s is %s", (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});

it("rates short words as easy in both languages, and long ones as hard", () => {
  expect(computeReadingEase("We may call you. You can say no.")).toBeGreaterThan(80);
  expect(computeReadingEase("Мы вам позвоним. Вы можете сказать нет.")).toBeGreaterThan(40);
  expect(computeReadingEase("Telecommunications authorization organization.")).toBeLessThan(0);
});
