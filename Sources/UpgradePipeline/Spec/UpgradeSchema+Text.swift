extension UpgradeSchema {
  /// schemas/upgrade/upgrade.schema.json, written here by scripts/embed-upgrade-schema.sh.
  package static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://cfgmigrate.example/schemas/upgrade/upgrade.schema.json",
      "title": "upgrade.yaml",
      "description": "An upgrade of a platform. See docs/upgrade.md.",
      "type": "object",
      "required": ["upgrade", "from", "to", "steps"],
      "additionalProperties": false,
      "properties": {
        "$schema": {"type": "string"},
        "upgrade": {"$ref": "#/$defs/id", "description": "The name of the upgrade; its runs are kept under it."},
        "title": {"type": "string", "description": "What people read."},
        "product": {"type": "string", "minLength": 1, "description": "The product, as its product.yaml names it."},
        "from": {"$ref": "#/$defs/version", "description": "The version that is there."},
        "to": {"$ref": "#/$defs/version", "description": "The version to go to."},
        "components": {
          "description": "The parts of the platform, each with those that are upgraded before it.",
          "type": "object",
          "propertyNames": {"$ref": "#/$defs/id"},
          "additionalProperties": {
            "type": ["object", "null"],
            "additionalProperties": false,
            "properties": {"after": {"$ref": "#/$defs/ids"}}
          }
        },
        "preflight": {"type": "array", "items": {"$ref": "#/$defs/check"}, "description": "What is looked at before anything changes."},
        "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}},
        "watch": {"type": "array", "items": {"$ref": "#/$defs/gate"}, "description": "Gates that are asked during the whole run."},
        "on-failure": {"enum": ["rollback", "stop"], "description": "What becomes of the steps before one that failed; rollback where nothing is said."},
        "side-by-side": {"type": "integer", "minimum": 1, "maximum": 16, "description": "How many steps may run at the same time; 4 where nothing is said."},
        "notify": {"type": "array", "items": {"$ref": "#/$defs/channel"}},
        "emergencies": {
          "type": "object",
          "propertyNames": {"$ref": "#/$defs/id"},
          "additionalProperties": {
            "type": "object",
            "required": ["steps"],
            "additionalProperties": false,
            "properties": {
              "title": {"type": "string"},
              "go-on": {"type": "boolean", "description": "Whether the next step is done after one that failed; true where nothing is said."},
              "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}}
            }
          }
        },
        "window": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "utc-offset": {"type": "string", "pattern": "^([+-][0-9]{2}:[0-9]{2}|Z)$", "description": "Of the times of day below; UTC where nothing is said."},
            "open": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["from", "to"],
                "additionalProperties": false,
                "properties": {
                  "days": {"type": "array", "items": {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}},
                  "from": {"$ref": "#/$defs/time-of-day"},
                  "to": {"$ref": "#/$defs/time-of-day"}
                }
              }
            },
            "blackouts": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["from", "to", "reason"],
                "additionalProperties": false,
                "properties": {
                  "from": {"type": "string", "description": "2026-12-24T00:00:00Z"},
                  "to": {"type": "string"},
                  "reason": {"type": "string", "minLength": 1}
                }
              }
            }
          }
        },
        "communication": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["audience"],
            "additionalProperties": false,
            "properties": {
              "audience": {"type": "string", "minLength": 1, "examples": ["business", "operations", "development", "end users"]},
              "contacts": {"type": "array", "items": {"type": "string"}},
              "lead": {"$ref": "#/$defs/duration", "description": "How long before the upgrade they are told; at least 72h."},
              "message": {"type": "string", "description": "Its own text; {name}, {from}, {to}, {begin} and {end} stand for what they say."}
            }
          }
        },
        "resources": {"$ref": "#/$defs/texts", "description": "Who and what must be at hand."},
        "validation": {"$ref": "#/$defs/texts", "description": "What people look at when all is done."},
        "preparation-time": {"$ref": "#/$defs/estimate"},
        "validation-time": {"$ref": "#/$defs/estimate"}
      },
      "$defs": {
        "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9.-]*$", "maxLength": 80},
        "ids": {"type": "array", "items": {"$ref": "#/$defs/id"}},
        "texts": {"type": "array", "items": {"type": "string"}},
        "version": {"type": ["string", "number"]},
        "duration": {"type": "string", "pattern": "^[0-9]", "examples": ["30s", "10m", "1h30m"]},
        "size": {"type": ["string", "integer"], "examples": ["512MB", "2GiB"]},
        "percent": {"type": ["string", "integer"], "examples": ["80%"]},
        "time-of-day": {"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$"},
        "command": {"type": "array", "minItems": 1, "items": {"type": ["string", "number"]}, "description": "A program and its arguments; no shell reads it."},
        "secret": {
          "type": "object",
          "minProperties": 1,
          "maxProperties": 1,
          "additionalProperties": false,
          "properties": {"env": {"type": "string", "minLength": 1}, "file": {"type": "string", "minLength": 1}}
        },
        "secrets": {"type": "object", "additionalProperties": {"$ref": "#/$defs/secret"}},
        "variables": {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
        "estimate": {
          "type": "object",
          "required": ["likely"],
          "additionalProperties": false,
          "properties": {
            "min": {"$ref": "#/$defs/duration"},
            "likely": {"$ref": "#/$defs/duration"},
            "max": {"$ref": "#/$defs/duration"}
          }
        },
        "step": {
          "type": "object",
          "required": ["id"],
          "additionalProperties": false,
          "properties": {
            "id": {"$ref": "#/$defs/id"},
            "title": {"type": "string"},
            "component": {"$ref": "#/$defs/id"},
            "after": {"$ref": "#/$defs/ids", "description": "Steps that come before this one."},
            "timeout": {"$ref": "#/$defs/duration", "description": "Of one attempt; 1h where nothing is said."},
            "retry": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "attempts": {"type": "integer", "minimum": 1, "maximum": 100, "description": "In all; 3 where nothing is said."},
                "wait": {"$ref": "#/$defs/duration", "description": "Before the second attempt."},
                "factor": {"type": "integer", "minimum": 1, "maximum": 10, "description": "How many times longer each further pause is."},
                "longest-wait": {"$ref": "#/$defs/duration"}
              }
            },
            "estimate": {"$ref": "#/$defs/estimate"},
            "approve": {"type": "boolean", "description": "Whether someone must approve it before it begins."},
            "gates": {"type": "array", "items": {"$ref": "#/$defs/gate"}},
            "run": {"$ref": "#/$defs/step-run"},
            "deploy": {"$ref": "#/$defs/step-run"},
            "configure": {"$ref": "#/$defs/step-configure"},
            "data": {"$ref": "#/$defs/step-data"}
          }
        },
        "database": {
          "type": "object",
          "additionalProperties": false,
          "description": "One of postgresql, mariadb, sqlite and redis, and how it is reached.",
          "properties": {
            "postgresql": {"type": "string", "minLength": 1, "description": "The database's name."},
            "mariadb": {"type": "string", "minLength": 1, "description": "The database's name; also of MySQL."},
            "sqlite": {"type": "string", "minLength": 1, "description": "The file."},
            "redis": {"type": "string", "minLength": 1, "description": "What people call it; only for backups."},
            "host": {"type": "string"},
            "socket": {"type": "string", "description": "PostgreSQL: the directory of the socket; MariaDB: the socket."},
            "port": {"type": "integer", "minimum": 1, "maximum": 65535},
            "user": {"type": "string"},
            "password": {"$ref": "#/$defs/secret"}
          }
        },
        "step-data": {
          "type": "object",
          "required": ["database"],
          "additionalProperties": false,
          "description": "Runs the scripts of a directory; or, with `backup`, `export` or `restore`, does that.",
          "properties": {
            "database": {"$ref": "#/$defs/database"},
            "scripts": {"type": "string", "description": "The directory of V, R and U scripts."},
            "phase": {"enum": ["expand", "contract"], "description": "expand where nothing is said."},
            "to": {"$ref": "#/$defs/version", "description": "The last version; all where nothing is said."},
            "baseline": {"$ref": "#/$defs/version", "description": "The version of a database that has tables and no history."},
            "undo": {"enum": ["scripts", "stays"], "description": "scripts: the way back runs U scripts. stays, where nothing is said: what was added stays."},
            "history": {"type": "string", "description": "The name of the history's table; cfgmigrate_history where nothing is said."},
            "lock-timeout": {"$ref": "#/$defs/duration", "description": "500ms where nothing is said."},
            "out-of-order": {"type": "boolean"},
            "queries": {"type": "object", "additionalProperties": {"type": "string"}, "description": "With scripts: what the old version asks. With export: what is kept."},
            "backup": {"type": "string", "description": "The directory of backups."},
            "export": {"type": "string", "description": "The directory of exports."},
            "restore": {"type": "string", "description": "The directory of one backup."},
            "accept-loss": {"type": "boolean", "description": "With restore: what was written since the backup is lost."}
          }
        },
        "step-run": {
          "type": "object",
          "required": ["apply"],
          "additionalProperties": false,
          "properties": {
            "apply": {"$ref": "#/$defs/command"},
            "probe": {"$ref": "#/$defs/command", "description": "Ends with 0 where the effect is there, 1 where it is not, 2 where a part of it is."},
            "check": {"$ref": "#/$defs/command", "description": "Ends with 0 where the step could run. Changes nothing."},
            "capture": {"$ref": "#/$defs/command", "description": "Prints what undo needs; it gets it on its standard input."},
            "verify": {"$ref": "#/$defs/command"},
            "undo": {"$ref": "#/$defs/command"},
            "rehearse": {"$ref": "#/$defs/command"},
            "directory": {"type": "string", "description": "Where the commands run; the directory of this file where nothing is said."},
            "variables": {"$ref": "#/$defs/variables"},
            "secrets": {"$ref": "#/$defs/secrets"},
            "effects": {"type": "array", "items": {"enum": ["traffic", "data", "configuration", "deployment", "backup"]}},
            "locks": {"$ref": "#/$defs/texts"},
            "repeatable": {"type": "boolean", "description": "Whether apply may be run again when it was cut off."},
            "way-back": {"enum": ["exact", "compensates", "stays", "none"], "description": "What undo does; compensates where nothing is said. stays: nothing need be undone. none: there is no way back."},
            "manual": {"$ref": "#/$defs/texts", "description": "What a person does where undo failed."}
          }
        },
        "step-configure": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "directory": {"type": "string"},
            "directories": {"$ref": "#/$defs/texts"},
            "to": {"$ref": "#/$defs/version", "description": "The version of the configuration, where it is another than that of the upgrade."},
            "from": {"$ref": "#/$defs/version"},
            "product": {"type": "string"},
            "registry": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/texts"}]},
            "acknowledge": {"$ref": "#/$defs/texts"},
            "accept-loss": {"type": "boolean"},
            "keep": {"$ref": "#/$defs/texts", "description": "Patterns of files that are backed up and restored as they are."},
            "export": {"$ref": "#/$defs/exchange"},
            "import": {"$ref": "#/$defs/exchange"},
            "took-effect": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "run": {"$ref": "#/$defs/command"},
                "http": {"type": "string"},
                "contains": {"type": "string"},
                "within": {"$ref": "#/$defs/duration"},
                "interval": {"$ref": "#/$defs/duration"}
              }
            }
          }
        },
        "exchange": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "run": {"$ref": "#/$defs/command", "description": "{dir} stands for the directory."},
            "config-map": {"type": "string"},
            "namespace": {"type": "string"},
            "context": {"type": "string"},
            "secrets": {"$ref": "#/$defs/secrets"},
            "timeout": {"$ref": "#/$defs/duration"}
          }
        },
        "probe-run": {
          "oneOf": [
            {"$ref": "#/$defs/command"},
            {
              "type": "object",
              "required": ["command"],
              "additionalProperties": false,
              "properties": {
                "command": {"$ref": "#/$defs/command"},
                "directory": {"type": "string"},
                "variables": {"$ref": "#/$defs/variables"},
                "secrets": {"$ref": "#/$defs/secrets"},
                "timeout": {"$ref": "#/$defs/duration"}
              }
            }
          ]
        },
        "probe-http": {
          "type": "object",
          "required": ["url"],
          "additionalProperties": false,
          "properties": {
            "url": {"type": "string", "pattern": "^https?://"},
            "status": {"type": "integer", "minimum": 100, "maximum": 599, "description": "200 where nothing is said."},
            "contains": {"type": "string", "description": "What the answer's body must contain."},
            "headers": {"type": "object", "additionalProperties": {"type": "string"}},
            "secret-headers": {"$ref": "#/$defs/secrets"},
            "slower-than": {"$ref": "#/$defs/duration", "description": "An answer that takes longer is a bad one."},
            "timeout": {"$ref": "#/$defs/duration", "description": "10s where nothing is said."}
          }
        },
        "gate": {
          "type": "object",
          "required": ["id"],
          "additionalProperties": false,
          "properties": {
            "id": {"$ref": "#/$defs/id"},
            "when": {"enum": ["before", "after", "during"], "description": "after where nothing is said."},
            "interval": {"$ref": "#/$defs/duration"},
            "count": {"type": "integer", "minimum": 1},
            "failure-limit": {"type": "integer", "minimum": 0, "description": "How many answers may be bad; 0 where nothing is said."},
            "error-limit": {"type": "integer", "minimum": 0, "description": "How many answers in a row may tell nothing; 4 where nothing is said."},
            "min-samples": {"type": "integer", "minimum": 1},
            "timeout": {"$ref": "#/$defs/duration"},
            "inconclusive": {"enum": ["pause", "fail", "pass"], "description": "What becomes of a gate without a verdict; pause where nothing is said."},
            "observe": {"type": "boolean", "description": "Whether its verdict is only recorded."},
            "run": {"$ref": "#/$defs/probe-run"},
            "http": {"$ref": "#/$defs/probe-http"}
          }
        },
        "check": {
          "type": "object",
          "required": ["id"],
          "additionalProperties": false,
          "properties": {
            "id": {"$ref": "#/$defs/id"},
            "component": {"$ref": "#/$defs/id"},
            "advice": {"type": "boolean", "description": "Whether what it finds wrong only warns."},
            "run": {"$ref": "#/$defs/probe-run"},
            "http": {"$ref": "#/$defs/probe-http"},
            "version": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "command": {"$ref": "#/$defs/command"},
                "url": {"type": "string", "pattern": "^https?://"},
                "pattern": {"type": "string", "description": "Finds the version in what is printed; its first group is the version."},
                "at-least": {"$ref": "#/$defs/version"},
                "better": {"$ref": "#/$defs/version", "description": "An older one warns."},
                "below": {"$ref": "#/$defs/version"},
                "timeout": {"$ref": "#/$defs/duration"}
              }
            },
            "packages": {
              "type": "object",
              "required": ["required"],
              "additionalProperties": false,
              "properties": {
                "required": {"type": "string", "description": "A requirements.txt."},
                "installed": {"$ref": "#/$defs/command", "description": "Prints NAME==VERSION lines; pip freeze where nothing is said."},
                "timeout": {"$ref": "#/$defs/duration"}
              }
            },
            "backup": {
              "type": "object",
              "required": ["path"],
              "additionalProperties": false,
              "properties": {
                "path": {"type": "string", "description": "A file, or a directory whose newest file counts."},
                "newer-than": {"$ref": "#/$defs/duration", "description": "24h where nothing is said."},
                "verify": {"$ref": "#/$defs/command", "description": "Ends with 0 where the backup is whole."},
                "timeout": {"$ref": "#/$defs/duration"}
              }
            },
            "disk": {
              "type": "object",
              "required": ["path"],
              "additionalProperties": false,
              "properties": {
                "path": {"type": "string"},
                "free": {"$ref": "#/$defs/size"},
                "used-below": {"$ref": "#/$defs/percent", "description": "80% where nothing is said."}
              }
            },
            "memory": {
              "type": "object",
              "additionalProperties": false,
              "properties": {"free": {"$ref": "#/$defs/size"}, "used-below": {"$ref": "#/$defs/percent"}}
            },
            "cpu": {
              "type": "object",
              "additionalProperties": false,
              "properties": {"used-below": {"$ref": "#/$defs/percent"}}
            },
            "clock": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "url": {"type": "string", "pattern": "^https?://", "description": "A server whose Date header is compared; without it the system is asked whether its clock is synchronised."},
                "off-by": {"$ref": "#/$defs/duration", "description": "2s where nothing is said."}
              }
            },
            "writable": {"$ref": "#/$defs/texts", "description": "Files and directories that this user must be able to write."},
            "sql": {
              "type": "object",
              "required": ["database"],
              "additionalProperties": false,
              "description": "Asks a database for its version, for open transactions and dumps, or whether a query is true.",
              "properties": {
                "database": {"$ref": "#/$defs/database"},
                "at-least": {"$ref": "#/$defs/version"},
                "better": {"$ref": "#/$defs/version", "description": "An older one warns."},
                "below": {"$ref": "#/$defs/version"},
                "longest-transaction": {"$ref": "#/$defs/duration", "description": "No transaction is older, and no dump is running."},
                "query": {"type": "string", "description": "Its one value must be true."}
              }
            }
          }
        },
        "channel": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "id": {"$ref": "#/$defs/id"},
            "on": {"type": "array", "items": {"enum": ["started", "paused", "completed", "failed", "rolled-back", "needs-help"]}},
            "webhook": {
              "type": "object",
              "required": ["url"],
              "additionalProperties": false,
              "properties": {
                "url": {"anyOf": [{"type": "string", "pattern": "^https?://"}, {"$ref": "#/$defs/secret"}]},
                "headers": {"type": "object", "additionalProperties": {"type": "string"}},
                "secret-headers": {"$ref": "#/$defs/secrets"},
                "timeout": {"$ref": "#/$defs/duration"}
              }
            },
            "smtp": {
              "type": "object",
              "required": ["server", "from", "to"],
              "additionalProperties": false,
              "properties": {
                "server": {"type": "string", "description": "smtp://host:port or smtps://host:port"},
                "from": {"type": "string"},
                "to": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                "user": {"type": "string"},
                "password": {"$ref": "#/$defs/secret"},
                "starttls": {"type": "boolean"},
                "timeout": {"$ref": "#/$defs/duration"}
              }
            },
            "run": {"$ref": "#/$defs/probe-run"}
          }
        }
      }
    }
    """#
}
