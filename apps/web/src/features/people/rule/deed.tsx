"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/button";
import { showToast } from "@/components/toast";

type DeedProps<Data> = {
  saving: {
    mutate: (data: Data, then: { onSuccess: () => void }) => void;
    isPending: boolean;
    error: { message: string } | null;
  };
  data: Data;
  /** What is told once it is done. */
  done: string;
  /** Accessible name, needed where a page shows several of these buttons. */
  label?: string;
  whyNot: string | undefined;
  children: string;
};

/** One press, of which the page then tells by itself. */
export function Deed<Data>({ saving, data, done, label, whyNot, children }: DeedProps<Data>) {
  const t = useTranslations("dialog");
  const router = useRouter();
  const onSuccess = () => {
    showToast({ tone: "done", title: done });
    router.refresh();
  };
  return (
    <span className="grid justify-items-start gap-1">
      <Button
        size="small"
        aria-label={label}
        whyNot={whyNot}
        busy={saving.isPending && t("saving")}
        onClick={() => saving.mutate(data, { onSuccess })}
      >
        {children}
      </Button>
      {saving.error && <span role="alert">{saving.error.message}</span>}
    </span>
  );
}
