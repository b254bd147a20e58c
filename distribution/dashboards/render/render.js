import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { readDashboards } from './saved-objects.js';
import { moment, resolveData } from './searches.js';

/*
 * Draws the dashboards of a file of saved objects over a cluster's data, as Dashboards would, and writes a picture of
 * each. Ends with 1 if a panel is empty, a text cut or covered by another, or Vega has a warning.
 */

const WIDTH = 1600;
const SCRIPTS = ['vega/build/vega.min.js', 'vega-lite/build/vega-lite.min.js', 'vega-interpreter/build/vega-interpreter.min.js'];

const [cluster, pictures, objects] = process.argv.slice(2);

function beside(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function draw(browser, dashboard) {
  const now = Date.now();
  const range = { from: moment(dashboard.from, now), to: moment(dashboard.to, now) };
  for (const { spec } of dashboard.panels) {
    await resolveData(spec, cluster, range);
  }
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 } });
  await page.goto(new URL('page.html', import.meta.url).href);
  for (const script of SCRIPTS) {
    await page.addScriptTag({ path: beside(`node_modules/${script}`) });
  }
  await page.addScriptTag({ path: beside('page.js') });
  const panels = await page.evaluate((it) => window.drawDashboard(it), dashboard);
  const picture = join(pictures, `${dashboard.id}.png`);
  await page.screenshot({ path: picture, fullPage: true });
  await page.close();
  return { picture, panels };
}

function report({ title }, { picture, panels }) {
  console.log(`${title}: ${picture}`);
  for (const panel of panels) {
    console.log(`  ${panel.title}: ${panel.marks} marks`);
    panel.faults.forEach((fault) => console.log(`    FAULT ${fault}`));
  }
  return panels.reduce((sum, { faults }) => sum + faults.length, 0);
}

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  let faults = 0;
  for (const dashboard of readDashboards(objects)) {
    faults += report(dashboard, await draw(browser, dashboard));
  }
  console.log(`${faults} faults`);
  process.exitCode = faults > 0 ? 1 : 0;
} finally {
  await browser.close();
}
