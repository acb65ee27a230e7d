// Debian's Chromium, and pages in it that remember what went wrong.

import { chromium } from "playwright-core";

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

// Starts the browser.
export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
}

// Opens pages of one kind of reader: `open(url)` gives a page; `page.errors` are the messages of errors and the
// requests that failed. The reader's other hosts do not answer: a page that needs one would fail.
export async function reader(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "zh-CN", ...options });
  await context.route(/^https?:\/\/(?!127\.0\.0\.1[:/])/, (route) => route.abort());
  const open = async (url) => {
    const page = await context.newPage();
    page.errors = [];
    page.on("console", (message) => { if (message.type() === "error") page.errors.push(message.text()); });
    page.on("pageerror", (error) => page.errors.push(String(error)));
    // The answer to HEAD has no body: that it is dropped is no failure.
    page.on("requestfailed", (request) => request.method() !== "HEAD" && page.errors.push(`${request.url()} ${request.failure()?.errorText}`));
    await page.goto(url, { waitUntil: "load" });
    return page;
  };
  return { context, open, close: () => context.close() };
}
