"use client";

import { Textarea } from "./textarea";

type SecretTextProps = Omit<Parameters<typeof Textarea>[0], "onChange" | "value"> & {
  secret: string;
  onSecret: (secret: string) => void;
};

/** Field for a password, or for a private key of several lines. */
export const SecretText = ({ secret, onSecret, ...area }: SecretTextProps) => (
  <Textarea
    {...area}
    value={secret}
    autoComplete="off"
    spellCheck={false}
    onChange={({ currentTarget }) => onSecret(currentTarget.value)}
  />
);
