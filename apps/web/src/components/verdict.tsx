import { PhoneOff, PhoneOutgoing } from "lucide-react";
import { useTranslations } from "next-intl";
import { FocusedSection } from "./focused-section";
import type { ReactNode } from "react";

type VerdictProps = {
  verdict: "allow" | "refuse";
  /** First words of a past verdict. By default the verdict says what to do now. */
  word?: string;
  /** Rest of the sentence: whose number it is, and what decided. */
  children: ReactNode;
  /** Shows the time of the screening, whether it was recorded, and from when a call may be allowed. */
  meta?: ReactNode;
  /** Takes the focus when it appears: screen readers announce it, and keys pressed too early do nothing. */
  hasFocus?: boolean;
};

const looks = {
  allow: { shape: PhoneOutgoing, ink: "text-allow" },
  refuse: { shape: PhoneOff, ink: "text-refuse" },
};

/** The verdict as a sentence, the largest text of its page. Its first words say the result. */
export function Verdict({ verdict, word, children, meta, hasFocus = false }: VerdictProps) {
  const t = useTranslations("verdict");
  const { shape: Shape, ink } = looks[verdict];
  const Frame = hasFocus ? FocusedSection : "section";
  return (
    <Frame aria-label={t("label")} className="mb-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5">
      <Shape aria-hidden strokeWidth={1.75} className={`size-9 md:-mt-0.5 md:size-11 ${ink}`} />
      <div>
        <p className="max-w-[50rem] text-xl text-pretty md:text-2xl">
          <strong className={ink}>{word ?? t(verdict)}</strong> {children}
        </p>
        {meta && <div className="mt-1.5 text-sm text-muted">{meta}</div>}
      </div>
    </Frame>
  );
}
