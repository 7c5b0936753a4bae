// A small stand-in for what makeForm uses of Google's services. Anything else does not exist here,
// and a value that Google would refuse is refused.
const world = { forms: [], spreadsheets: [], log: [], properties: {} };

function refuse(why) { throw new Error(why); }

function labels(values) {
  if (!Array.isArray(values) || !values.length) refuse('no labels');
  if (values.some(value => typeof value !== 'string' || !value.trim())) refuse('empty label');
  if (new Set(values).size !== values.length) refuse('equal labels');
  return values;
}

function yesOrNo(value) {
  if (typeof value !== 'boolean') refuse('neither true nor false');
  return value;
}

class Item {
  constructor(form, kind) { Object.assign(this, { form, kind, title: '', required: false }); }
  setTitle(title) {
    if (typeof title !== 'string') refuse('a title is a text');
    this.title = title;
    this.form.changed();
    return this;
  }
  getTitle() { return this.title; }
  setHelpText(text) { this.help = text; return this; }
  headers() { return [this.title]; }
}

class Question extends Item {
  setRequired(required) { this.required = yesOrNo(required); return this; }
}

class Choices extends Question {
  setChoiceValues(values) { this.options = labels(values); return this; }
}

class Checkboxes extends Choices {
  setValidation(rule) { this.atMost = rule.atMost; return this; }
}

class Grid extends Question {
  setRows(rows) { this.rows = labels(rows); this.form.changed(); return this; }
  setColumns(columns) { this.columns = labels(columns); return this; }
  headers() { return (this.rows || []).map(row => this.title + ' [' + row + ']'); }
}

class Layout extends Item {
  headers() { return []; }
}

class Form {
  constructor(title) {
    Object.assign(this, { title, items: [], settings: {}, published: false, sheet: null });
    world.forms.push(this);
    this.id = 'form-' + world.forms.length;
  }
  add(item) { this.items.push(item); this.changed(); return item; }
  addMultipleChoiceItem() { return this.add(new Choices(this, 'choice')); }
  addCheckboxItem() { return this.add(new Checkboxes(this, 'checkboxes')); }
  addGridItem() { return this.add(new Grid(this, 'grid')); }
  addParagraphTextItem() { return this.add(new Question(this, 'words')); }
  addPageBreakItem() { return this.add(new Layout(this, 'page')); }
  getItems() { return [...this.items]; }
  deleteItem(item) {
    if (!this.items.includes(item)) refuse('no such item');
    this.items = this.items.filter(other => other !== item);
  }
  setDescription(text) { this.description = text; return this; }
  setConfirmationMessage(text) { this.thanks = text; return this; }
  setAllowResponseEdits(value) { this.settings.edits = yesOrNo(value); return this; }
  setLimitOneResponsePerUser(value) { this.settings.once = yesOrNo(value); return this; }
  setProgressBar(value) { this.settings.progress = yesOrNo(value); return this; }
  setCollectEmail(value) { this.settings.email = yesOrNo(value); return this; }
  setPublished(value) { this.published = yesOrNo(value); return this; }
  setDestination(kind, id) {
    if (kind !== FormApp.DestinationType.SPREADSHEET) refuse('no such destination');
    const target = world.spreadsheets.find(spreadsheet => spreadsheet.id === id);
    this.sheet = target.insertSheet('Form Responses 1');
    this.columns = [];
    this.changed();
    return this;
  }
  // Every question gets a column the first time it is there; a column never goes away.
  changed() {
    if (!this.sheet) return;
    for (const item of this.items) {
      for (const header of item.headers()) {
        if (header && !this.columns.includes(header)) this.columns.push(header);
      }
    }
    this.sheet.rows[0] = ['Timestamp', ...this.columns];
  }
  getId() { return this.id; }
  getPublishedUrl() { return 'https://forms.example/' + this.id; }
  getEditUrl() { return this.getPublishedUrl() + '/edit'; }
}

class Range {
  constructor(sheet, height, width) { Object.assign(this, { sheet, height, width }); }
  setValues(values) {
    if (values.length !== this.height || values.some(row => row.length !== this.width)) {
      refuse('the values do not fit the range');
    }
    values.forEach((row, at) => { this.sheet.rows[at] = row; });
    return this;
  }
  setFontWeight() { return this; }
}

class Sheet {
  constructor(spreadsheet, name) {
    Object.assign(this, { spreadsheet, name, rows: [], frozen: 0, maxRows: 1000 });
  }
  setName(name) {
    if (this.spreadsheet.sheets.some(sheet => sheet.name === name)) refuse('name is taken');
    this.name = name;
    return this;
  }
  getRange(row, column, height, width) {
    if (row !== 1 || column !== 1) refuse('only the first row is written');
    return new Range(this, height, width);
  }
  setFrozenRows(count) { this.frozen = count; }
  getName() { return this.name; }
  getLastRow() { return this.rows.length; }
  getMaxRows() { return this.maxRows; }
  deleteRows(from, count) {
    if (from + count - 1 > this.maxRows || from <= this.rows.length) refuse('these rows stay');
    this.maxRows -= count;
  }
}

class Spreadsheet {
  constructor(title) {
    Object.assign(this, { title, sheets: [], editors: [], zone: 'UTC' });
    world.spreadsheets.push(this);
    this.id = 'spreadsheet-' + world.spreadsheets.length;
    this.insertSheet('Sheet1');
  }
  insertSheet(name) {
    if (this.sheets.some(sheet => sheet.name === name)) refuse('name is taken');
    const sheet = new Sheet(this, name);
    this.sheets.push(sheet);
    return sheet;
  }
  getSheets() { return [...this.sheets]; }
  setSpreadsheetTimeZone(zone) { this.zone = zone; }
  addEditor(address) {
    if (!/^\S+@\S+\.\S+$/.test(address)) refuse('no such address');
    this.editors.push(address);
    return this;
  }
  getId() { return this.id; }
  getUrl() { return 'https://sheets.example/' + this.id; }
}

const FormApp = {
  DestinationType: { SPREADSHEET: 'spreadsheet' },
  create: title => new Form(title),
  openById: id => world.forms.find(form => form.id === id) || refuse('no such form'),
  createCheckboxValidation: () => ({
    requireSelectAtMost(atMost) { return { build: () => ({ atMost }) }; },
  }),
};
const SpreadsheetApp = {
  create: title => new Spreadsheet(title),
  openById: id => world.spreadsheets.find(spreadsheet => spreadsheet.id === id)
    || refuse('no such spreadsheet'),
};
const PropertiesService = {
  getScriptProperties: () => ({
    getProperty: name => (name in world.properties ? world.properties[name] : null),
    setProperty(name, value) { world.properties[name] = value; },
  }),
};
const Session = { getScriptTimeZone: () => 'America/Chicago' };
const Logger = { log: text => world.log.push(text) };

// What tests look at, as one text.
function picture() {
  return JSON.stringify({
    log: world.log,
    forms: world.forms.map(form => ({
      title: form.title,
      description: form.description,
      thanks: form.thanks,
      settings: form.settings,
      published: form.published,
      items: form.items.map(item => ({
        kind: item.kind,
        title: item.title,
        help: item.help || '',
        required: item.required,
        options: item.options || item.columns || [],
        rows: item.rows || [],
        atMost: item.atMost || 0,
      })),
    })),
    spreadsheets: world.spreadsheets.map(spreadsheet => ({
      title: spreadsheet.title,
      zone: spreadsheet.zone,
      editors: spreadsheet.editors,
      sheets: spreadsheet.sheets.map(sheet => ({
        name: sheet.name, header: sheet.rows[0] || [], frozen: sheet.frozen, rows: sheet.maxRows,
      })),
    })),
  });
}
