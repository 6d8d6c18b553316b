import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type PublicFrameProps = { seller: string; title: string; children: ReactNode };

/** A page for people who have no account: one column, large type, whose page it is on top. */
export function PublicFrame({ seller, title, children }: PublicFrameProps) {
  const t = useTranslations("publicForm");
  return (
    <div className="mx-auto grid min-h-dvh max-w-[36rem] grid-rows-[auto_1fr_auto] px-4 text-public">
      <header className="border-b border-line py-3 text-base font-semibold">{seller}</header>
      <main className="grid content-start gap-5 py-8">
        <h1 className="text-public-xl">{title}</h1>
        {children}
      </main>
      <footer className="border-t border-line py-4 text-sm text-muted">{t("foot")}</footer>
    </div>
  );
}
