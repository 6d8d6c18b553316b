import { randomUUID } from "node:crypto";
import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { Download } from "lucide-react";
import { FaultFocus } from "./form-faults";
import { Field } from "./fields";
import { Icon, Mark } from "./icons";

type PublicFrameProps = {
  /** Name of the seller or organization whose page it is. */
  seller: string;
  title: string;
  /** True if the address may choose the language. */
  hasLanguages?: boolean;
  children: ReactNode;
};

/** Page for people without an account: one column, large type, the owner's name on top. */
export function PublicFrame({ seller, title, hasLanguages = false, children }: PublicFrameProps) {
  const t = useTranslations("publicForm");
  return (
    <div className="mx-auto grid min-h-dvh max-w-[36rem] grid-rows-[auto_1fr_auto] px-4 text-public">
      <header className="flex items-baseline justify-between gap-4 border-b border-line py-3">
        <span className="text-base font-semibold">{seller}</span>
        {hasLanguages && <OtherLanguage />}
      </header>
      <main className="grid content-start gap-5 py-8">
        <h1 className="text-public-xl">{title}</h1>
        {children}
      </main>
      <footer className="border-t border-line py-4 text-sm text-muted">{t("foot")}</footer>
    </div>
  );
}

const languages = { en: "English", ru: "Русский" } as const;

function OtherLanguage() {
  const other = useLocale() === "ru" ? "en" : "ru";
  return (
    <a href={`?lang=${other}`} hrefLang={other} lang={other} className="text-base">
      {languages[other]}
    </a>
  );
}

type PublicFormProps = Omit<ComponentProps<"form">, "className"> & {
  /** True if the form came back with a fault. */
  hasFault: boolean;
};

/**
 * Form of a public page, which works without scripts. A form that came back with a fault is mounted anew
 * each time, so that the focus moves to the fault and the fault is shown again.
 */
export const PublicForm = ({ hasFault, children, ...form }: PublicFormProps) => (
  <form key={hasFault ? randomUUID() : "first"} className="grid gap-5" {...form}>
    {hasFault && <FaultFocus />}
    {children}
  </form>
);

/** Text field the size of a thumb. */
export const PublicInput = (input: Omit<ComponentProps<"input">, "className">) => (
  <input
    {...input}
    className="min-h-14 w-full rounded-md border border-line-strong bg-raised px-3 text-public aria-invalid:border-refuse"
  />
);

type PublicPhoneProps = {
  label: string;
  hint?: string;
  fault: string | undefined;
  /** The text as it was typed before the form came back. */
  given: string | undefined;
};

/** Field for a person's own number in any format. It is parsed after it is sent. */
export const PublicPhone = ({ given, ...field }: PublicPhoneProps) => (
  <Field {...field}>
    {(wired) => (
      <PublicInput
        {...wired}
        name="phone"
        type="tel"
        autoComplete="tel"
        maxLength={256}
        required
        defaultValue={given}
      />
    )}
  </Field>
);

type PublicCodeProps = { label: string; fault: string | undefined };

/** Field for a code from a text message. Phones offer to fill it in. */
export const PublicCode = (field: PublicCodeProps) => (
  <Field {...field}>
    {(wired) => (
      <PublicInput
        {...wired}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        required
      />
    )}
  </Field>
);

/** Link to another public page, the size of a thumb. */
export const PublicLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <a
    href={href}
    className="inline-flex min-h-14 items-center justify-center rounded-md border border-ink bg-ink px-4 text-public font-medium text-surface no-underline"
  >
    {children}
  </a>
);

/** Download button the size of a thumb. */
export const PublicDownload = ({ href, children }: { href: string; children: ReactNode }) => (
  <a
    href={href}
    download
    className="inline-flex min-h-14 items-center justify-center gap-2 rounded-md border border-line-strong bg-raised px-3 text-base font-medium text-ink no-underline"
  >
    <Icon of={Download} />
    {children}
  </a>
);

/** A narrow page for somebody who is not signed in yet. */
export const EntryPage = ({ title, children }: { title: string; children: ReactNode }) => (
  <main className="mx-auto grid min-h-dvh max-w-[22rem] content-start gap-6 px-4 pt-[max(2rem,16dvh)] pb-8">
    <p className="flex items-center gap-2 font-semibold">
      <Mark />
      Ringfence
    </p>
    <h1>{title}</h1>
    {children}
  </main>
);
