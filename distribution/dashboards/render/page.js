/* Runs in the browser: draws the panels of a dashboard on its grid and says what is wrong with each. */
/* global vega, vegaLite, document */

const COLUMNS = 48;
const ROW = 20;
const MARGIN = 8;

/* What Dashboards sets where a specification does not: its colours. */
const LOOKS = {
  background: 'transparent',
  range: {
    category: [
      '#54B399', '#6092C0', '#D36086', '#9170B8', '#CA8EAE', '#D6BF57', '#B9A888', '#DA8B45', '#AA6556', '#E7664C',
    ],
  },
  mark: { color: '#54B399' },
  title: { color: '#343741' },
  style: { 'guide-label': { fill: '#69707D' }, 'guide-title': { fill: '#343741' } },
  axis: { tickColor: '#D3DAE6', domainColor: '#D3DAE6', gridColor: '#EEF1F7' },
};

/** Draws all panels and returns, for each, its title, how many marks it shows, and its faults. */
window.drawDashboard = async (dashboard) => {
  document.querySelector('h1').textContent = dashboard.title;
  const grid = document.querySelector('main');
  const rows = Math.max(...dashboard.panels.map(({ place }) => place.y + place.h));
  grid.style.height = `${rows * (ROW + MARGIN)}px`;
  const results = [];
  for (const panel of dashboard.panels) {
    results.push(await drawPanel(grid, panel));
  }
  return results;
};

async function drawPanel(grid, { title, place, spec }) {
  const box = grid.appendChild(document.createElement('section'));
  const column = (grid.clientWidth + MARGIN) / COLUMNS;
  Object.assign(box.style, {
    left: `${place.x * column}px`,
    top: `${place.y * (ROW + MARGIN)}px`,
    width: `${place.w * column - MARGIN}px`,
    height: `${place.h * (ROW + MARGIN) - MARGIN}px`,
  });
  box.appendChild(document.createElement('h2')).textContent = title;
  const container = box.appendChild(document.createElement('div'));
  const faults = [];
  let marks = 0;
  try {
    const view = createView(spec, container, faults);
    await view.runAsync();
    marks = countMarks(view.scenegraph().root);
  } catch (error) {
    faults.push(`error: ${error.message}`);
  }
  if (marks === 0) {
    faults.push('no mark is drawn');
  }
  return { title, marks, faults: [...faults, ...faultsOfTexts(box)] };
}

/** As Dashboards makes it: as large as its container, expressions interpreted, warnings told to the reader. */
function createView(spec, container, faults) {
  const logger = vega.logger(vega.Warn);
  logger.warn = (...texts) => faults.push(`warning: ${texts.join(' ')}`);
  logger.error = (...texts) => faults.push(`error: ${texts.join(' ')}`);
  const sized = {
    ...spec,
    width: 'container',
    height: 'container',
    autosize: { type: 'fit', contains: 'padding' },
    config: merge(LOOKS, spec.config),
  };
  const compiled = vegaLite.compile(sized, { logger }).spec;
  return new vega.View(vega.parse(compiled, undefined, { ast: true }), {
    expr: vega.expressionInterpreter,
    logger,
    renderer: 'svg',
    container,
  })
    .width(container.clientWidth)
    .height(container.clientHeight - 6);
}

function merge(base, over) {
  if (over === undefined || Array.isArray(base) || typeof base !== 'object' || typeof over !== 'object') {
    return over ?? base;
  }
  const names = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...names].map((name) => [name, name in base ? merge(base[name], over[name]) : over[name]]));
}

/** Items that stand for data: those of axes, legends and titles do not count. */
function countMarks(mark) {
  if (mark.marktype !== 'group') {
    return mark.role === 'mark' ? mark.items.filter(({ bounds }) => !bounds.empty()).length : 0;
  }
  return mark.items
    .flatMap(({ items }) => items)
    .filter(({ role }) => role === 'mark' || role === 'frame' || role === 'scope' || role?.startsWith('scope'))
    .reduce((sum, part) => sum + countMarks(part), 0);
}

function faultsOfTexts(box) {
  const inside = box.getBoundingClientRect();
  const texts = [...box.querySelectorAll('svg text, h2')]
    .filter((text) => text.textContent && getComputedStyle(text).opacity !== '0')
    .map((text) => ({ text: text.textContent, area: text.getBoundingClientRect() }))
    .filter(({ area }) => area.width > 0);
  const cut = texts.filter(({ text, area }) => text.endsWith('…') || !contains(inside, area));
  const overlaps = texts.flatMap((one, i) =>
    texts.slice(i + 1).filter((other) => overlap(one.area, other.area)).map((other) => [one.text, other.text])
  );
  return [
    ...cut.map(({ text }) => `text is cut: ${text}`),
    ...overlaps.map(([one, other]) => `texts overlap: ${one} | ${other}`),
  ];
}

function contains(outer, inner) {
  return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
}

/** By more than a line's leading. */
function overlap(one, other) {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 1 && height > 3;
}
