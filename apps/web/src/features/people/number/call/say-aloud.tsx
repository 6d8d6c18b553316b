import type { ReactNode } from "react";

type SayAloudProps = { lang: string; children: ReactNode };

/** What is to be said, in the language of who hears it: the largest text of the page. */
export const SayAloud = ({ lang, children }: SayAloudProps) => (
  <div
    lang={lang}
    className="mt-3 grid max-w-[44rem] gap-2.5 border-l-[3px] border-ink pl-3.5 text-lg text-pretty"
  >
    {children}
  </div>
);
