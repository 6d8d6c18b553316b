"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Banner } from "./banner";
import { Button } from "./buttons";

type FailedProps = { title: string; children?: ReactNode; retry?: () => void };

/** Says what could not be loaded, with a button to try again. */
export function Failed({ title, children, retry }: FailedProps) {
  const t = useTranslations("failed");
  return (
    <Banner
      tone="bad"
      role="alert"
      title={title}
      actions={
        retry && (
          <Button size="small" onClick={retry}>
            {t("retry")}
          </Button>
        )
      }
    >
      {children}
    </Banner>
  );
}
