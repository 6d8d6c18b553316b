/** How messages go out; a provider is one of these. It rejects when the message was not taken. */
export type Post = {
  sms: (message: { to: string; text: string }) => Promise<void>;
  /**
   * `unsubscribe` is an address to which a mail program posts, at a press of its button (RFC 8058); there
   * is none where somebody has just refused.
   */
  email: (message: {
    to: string;
    subject: string;
    text: string;
    unsubscribe?: string;
    attachments?: readonly { name: string; type: string; content: string }[];
  }) => Promise<void>;
};
