import { expect, it } from "vitest";
import { interpretReply } from "./reply.ts";

/** 47 CFR 64.1200(a)(10). */
const ofTheRule = ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"];

it.each(ofTheRule)("counts the rule's word as a refusal, however it is written: %s", (word) => {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  for (const text of [word, word.toUpperCase(), ` ${capital}. `, `«${word}»!!`, `${word}\n`]) {
    expect(interpretReply(text)).toBe("refusal");
  }
});

it.each(["'", "’", "‘", "‛", "`", "´", "ʼ", "ʹ", "′", "＇"])(
  "hears “don’t call me” whatever the phone writes for the apostrophe: %s",
  (apostrophe) => {
    expect(interpretReply(`Please don${apostrophe}t call me`)).toBe("refusal");
    expect(interpretReply(`I can${apostrophe}t talk now`)).toBe("question");
  },
);

it.each(["СТОП", "стоп.", "Стоп!", "отписка", "Отпишите", "отказ", "CTOП", "сТOП"])(
  "counts a Russian word as a refusal, whatever its letters: %s",
  (text) => expect(interpretReply(text)).toBe("refusal"),
);

it.each([
  "Please STOP calling me, I am at work",
  "I want to opt-out of this",
  "don't call me again",
  "Do not  call",
  "take me off your list",
  "Пожалуйста, СТОП, больше не надо",
  "здравствуйте! больше не звоните мне на этот номер",
  "Прекратите звонить!!!",
  "я отзываю согласие",
  "Удалите мой номер из базы",
  "I withdraw my consent",
  "don't ever call me again",
  "do not ever contact me again",
  "I dont want any calls",
  "please no calls",
  "don`t call",
  "unsub",
  "STOPP",
  "No",
  "no thanks",
  "не хочу чтобы вы звонили",
  "не надо мне звонить",
  "Не названивайте!",
  "нет, спасибо",
  "убирайтесь",
  "HET",
  "He звоните мне",
  "HE 3ВОНИТЕ",
  "рlеаsе dоn't саll mе",
])("finds a refusal inside a sentence: %s", (text) => expect(interpretReply(text)).toBe("refusal"));

it.each([
  "call me at the end of the week",
  "can I cancel the appointment?",
  "wrong number",
  "Мне это неинтересно",
  "это спам?",
  "отмените заказ",
  "I will not be there today",
  "I can't talk now",
  "don't hesitate to call me",
  "я не заказывал",
  "почему мне не звонили вчера?",
  "He, мне некогда",
  "HE TOT HOMEP",
  "I said HET",
])("asks a person if it may mean something else: %s", (text) =>
  expect(interpretReply(text)).toBe("question"),
);

it.each([
  "",
  "yes",
  "Да, позвоните завтра",
  "nonstop flights please",
  "Стоповский переулок",
  "👍",
  "No problem!",
  "Нет проблем",
  "He will call back",
  "He’s at work, call at five",
  "Tell him that he may call",
  "Хорошо, но после обеда",
])("finds no refusal in %j", (text) => expect(interpretReply(text)).toBe("other"));
