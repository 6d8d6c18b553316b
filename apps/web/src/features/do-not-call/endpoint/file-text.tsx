"use client";

import { useTranslations } from "next-intl";
import { TextField } from "@/components/text-field";

type FileTextProps = {
  words: "name" | "host" | "port" | "user" | "hostKey" | "file" | "folder";
  text: string;
  isFault: boolean;
  onText: (text: string) => void;
};

/** A line that tells where files go. */
export function FileText({ words, text, isFault, onText }: FileTextProps) {
  const t = useTranslations("fileFields");
  return (
    <TextField
      words={{ label: t(`${words}.label`), hint: t(`${words}.hint`), fault: t(`${words}.fault`) }}
      isFault={isFault}
      value={text}
      onText={onText}
    />
  );
}
