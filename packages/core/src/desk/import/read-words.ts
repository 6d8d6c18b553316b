import type { Channel, ConsentSource } from "../../consents/consent/index.ts";
import type { CalledParty } from "../../people/phone/index.ts";
import type { SuppressionReason } from "../../do-not-call/suppression/index.ts";

/** A word of a file as ours, where we know what it means; else as it is, so that a sentence can say. */
const wordReader =
  <T extends string>(meanings: Partial<Record<T, readonly string[]>>) =>
  (cell: string): string => {
    const word = cell
      .trim()
      .toLowerCase()
      .replaceAll("ё", "е")
      .replaceAll(/[\s-]+/g, "_");
    const entries: [string, readonly string[] | undefined][] = Object.entries(meanings);
    return entries.find(([, spellings]) => spellings?.includes(word))?.[0] ?? word;
  };

export const readCalledParty = wordReader<CalledParty>({
  individual: ["person", "consumer", "b2c", "физлицо", "физическое_лицо", "фл"],
  sole_trader: ["self_employed", "ип", "индивидуальный_предприниматель", "самозанятый"],
  corporate: ["company", "business", "b2b", "юрлицо", "юридическое_лицо", "юл", "компания"],
});

export const readChannel = wordReader<Channel>({
  voice_live: ["voice", "call", "calls", "phone", "звонок", "звонки", "телефон"],
  sms: ["text", "смс"],
  email: ["e_mail", "mail", "почта", "email_рассылка"],
});

export const readSource = wordReader<ConsentSource>({
  website_form: ["website", "web", "site", "form", "web_form", "сайт", "форма", "форма_на_сайте"],
  newsletter: ["рассылка", "подписка"],
  registration: ["sign_up", "signup", "регистрация"],
  checkout: ["purchase", "order", "покупка", "заказ"],
  phone: ["call", "spoken", "телефон", "звонок"],
  paper: ["бумага", "анкета", "договор"],
  import: ["импорт"],
});

export const readReason = wordReader<SuppressionReason>({
  litigator: [
    "known_litigator",
    "plaintiff",
    "sues_over_calls",
    "истец",
    "судится",
    "судится_из_за_звонков",
  ],
  wrong_person: [
    "wrong_number",
    "не_тот_человек",
    "чужой_номер",
    "ошибочный_номер",
    "номер_другого_человека",
  ],
  deceased: ["dead", "умер", "умерла", "скончался"],
  complaint_under_review: ["complaint", "жалоба", "жалоба_рассматривается", "идет_разбор_жалобы"],
  partner_list: [
    "partner",
    "on_a_partner’s_list",
    "партнер",
    "список_партнера",
    "в_списке_партнера",
  ],
});
