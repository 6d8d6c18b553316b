import type { ReactNode } from "react";
import { type Locale, say } from "@ringfence/core/platform/message";

type SayAloudProps = { lang: string; children: ReactNode };

/** Text to say, in the listener's language. The largest text of the page. */
export const SayAloud = ({ lang, children }: SayAloudProps) => (
  <div
    lang={lang}
    className="mt-3 grid max-w-[44rem] gap-2.5 border-l-[3px] border-ink pl-3.5 text-lg text-pretty"
  >
    {children}
  </div>
);

type SpelledReferenceProps = { reference: string; locale: Locale };

/** Spells a reference in two halves, with a code word for each character. */
export const SpelledReference = ({ reference, locale }: SpelledReferenceProps) => (
  <p lang={locale} className="flex flex-wrap gap-x-5 gap-y-3">
    {[reference.slice(0, 4), reference.slice(4)].map((half, part) => (
      // oxlint-disable-next-line react/no-array-index-key -- halves never move
      <span key={part} className="grid grid-flow-col gap-3">
        {half.split("").map((character, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- characters never move
          <b key={index} className="grid justify-items-center text-[1.75rem] leading-[2.125rem]">
            {character}
            <small className="text-xs leading-4 font-normal text-muted">
              {say(locale, { key: "call.spelled", values: { character } })}
            </small>
          </b>
        ))}
      </span>
    ))}
  </p>
);
