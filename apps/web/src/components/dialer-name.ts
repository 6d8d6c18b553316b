import { Dialer } from "@ringfence/core/account/organization";
import { useTranslations } from "next-intl";

/** Returns a function that names a kind of dialer as a call log wrote it; empty if the log named none. */
export function useDialerName() {
  const t = useTranslations("dialers");
  const overview = useTranslations("today.house");
  return (dialer: string): string => {
    const known = Dialer.safeParse(dialer).data;
    if (known) return t(known);
    return dialer === "" ? overview("noDialer") : dialer;
  };
}
