import { PhoneOff, PhoneOutgoing } from "lucide-react";
import { useTranslations } from "next-intl";
import { FocusedSection } from "./focused-section";
import type { ReactNode } from "react";

type VerdictProps = {
  verdict: "allow" | "refuse";
  /** Its first words, of a verdict of the past; left out, what to do now. */
  word?: string;
  /** Whose number, and what decided: the rest of the sentence. */
  children: ReactNode;
  /** When it was judged, whether it is on record, and whether waiting helps. */
  meta?: ReactNode;
  /** Takes the focus when it appears: screen readers read it out, and keys pressed too early do nothing. */
  hasFocus?: boolean;
};

const looks = {
  allow: { shape: PhoneOutgoing, ink: "text-allow" },
  refuse: { shape: PhoneOff, ink: "text-refuse" },
};

/** A sentence, the largest thing on its page; its first words decide. */
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
