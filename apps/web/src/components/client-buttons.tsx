"use client";
import { Check, Copy, Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Route } from "next";
import { type ComponentProps, useState } from "react";
import { useFormStatus } from "react-dom";
import { Button, ButtonLink } from "./buttons";

/** Copies `text` to the clipboard, and confirms it on its own label. */
export function CopyButton({ text }: { text: string }) {
  const t = useTranslations("copy");
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  return (
    <Button
      size="small"
      icon={isCopied ? Check : Copy}
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        setCopied(text);
      }}
    >
      <span aria-live="polite">{isCopied ? t("copied") : t("copy")}</span>
    </Button>
  );
}

type OneTimeSecretProps = {
  title: string;
  note: string;
  secret: string;
  /** The page to go on to. */
  next?: { href: Route; label: string };
};

/** Shows a secret this one time, and where to go next. Takes the focus. */
export const OneTimeSecret = ({ title, note, secret, next }: OneTimeSecretProps) => (
  <div
    aria-live="polite"
    tabIndex={-1}
    ref={focus}
    className="grid max-w-[40rem] grid-cols-[minmax(0,1fr)] gap-2 pt-2"
  >
    <p className="text-lg font-semibold">{title}</p>
    <p>{note}</p>
    <code className="bg-sunken p-3 font-mono text-sm break-all whitespace-normal">{secret}</code>
    <div className="flex flex-wrap gap-2">
      <CopyButton text={secret} />
      {next && (
        <ButtonLink size="small" href={next.href}>
          {next.label}
        </ButtonLink>
      )}
    </div>
  </div>
);

const focus = (node: HTMLElement | null) => node?.focus();

export const PrintButton = ({ children }: { children: string }) => (
  <Button size="small" icon={Printer} onClick={() => window.print()}>
    {children}
  </Button>
);

type SubmitButtonProps = Pick<ComponentProps<typeof Button>, "look" | "size" | "children"> & {
  /** Label while the form is being sent. */
  busy: string;
};

/** Submits its form. Without scripts it works too, but shows no busy label. */
export function SubmitButton({ busy, ...button }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return <Button {...button} type="submit" busy={pending && busy} />;
}
