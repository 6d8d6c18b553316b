import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

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
