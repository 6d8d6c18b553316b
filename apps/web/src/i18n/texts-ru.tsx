import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import messages from "../../messages/ru.json";

// The type of the English texts names their values, in their order: a test compares both files.
const texts: AbstractIntlMessages = messages;

/** Gives components that run in the browser the Russian texts. */
export default function RussianTexts({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider locale="ru" messages={texts}>
      {children}
    </NextIntlClientProvider>
  );
}
