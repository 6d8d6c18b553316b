import { expect, it } from "vitest";
import { interpretMailText, removeQuotedText } from "./mail.ts";

it.each([
  ["unsubscribe", "", "refusal"],
  ["Отписка", "", "refusal"],
  ["Re: Acme: you agreed to our calls", "Please do not call me any more.\n\nAda", "refusal"],
  ["Re: Вы согласны?", "Здравствуйте!\r\nБольше не звоните мне, пожалуйста.", "refusal"],
  ["Hello", "I will complain.", "question"],
  ["Ваш звонок", "Мне это надоело", "question"],
  ["Re: Offer", "> Would you like a loan?\nStop calling me.", "question"],
  ["Re: Offer", "-----\nОтпишите меня", "question"],
  ["Hello", "Thank you, see you on Monday.", "other"],
])("reads %j and %j as %s", (subject, text, reading) => {
  expect(interpretMailText({ subject, text })).toBe(reading);
});

it.each([
  "Thanks!\n\nOn Mon, 23 Nov 2026 at 10:00, Acme <a@acme.example> wrote:\n> To refuse, write STOP.",
  "Спасибо!\n\n23.11.2026, 10:00, Acme <a@acme.example> пишет:\nЧтобы отказаться, напишите СТОП.",
  "Thanks!\n-----Original Message-----\nSTOP",
])("does not count our own words as theirs: %j", (text) => {
  expect(interpretMailText({ subject: "Hello", text })).toBe("other");
  expect(removeQuotedText(text).trim()).toMatch(/^(Thanks|Спасибо)!$/);
});
