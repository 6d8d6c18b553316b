"use client";

import { Braces, ListTree, Redo2, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";

type RuleToolsProps = {
  undo: (() => void) | null;
  redo: (() => void) | null;
  isJson: boolean;
  onJson: (isJson: boolean) => void;
};

/** Back, forth, and the rule as programs read it. */
export function RuleTools({ undo, redo, isJson, onJson }: RuleToolsProps) {
  const t = useTranslations("segmentBuilder");
  return (
    <span className="flex flex-wrap gap-1">
      <Button
        size="small"
        look="quiet"
        icon={Undo2}
        disabled={undo === null}
        onClick={() => undo?.()}
      >
        {t("undo")}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon={Redo2}
        disabled={redo === null}
        onClick={() => redo?.()}
      >
        {t("redo")}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon={isJson ? ListTree : Braces}
        onClick={() => onJson(!isJson)}
      >
        {t(isJson ? "asRows" : "asJson")}
      </Button>
    </span>
  );
}
