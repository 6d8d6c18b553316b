import en from "../../../messages/en.json" with { type: "json" };
import ru from "../../../messages/ru.json" with { type: "json" };

/** What core and services have to say, before `say` puts it into the words of a language. */
export type Message = {
  key: keyof typeof en;
  values?: Record<string, string | number | Date>;
};

export const messages = { en, ru } satisfies Record<string, Record<Message["key"], string>>;
export type Locale = keyof typeof messages;
