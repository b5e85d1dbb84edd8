from django.db import migrations, models


def write_first_entry(apps, schema_editor):
    apps.get_model("users", "AuditLog").objects.create(user_id=0, action="created")


class Migration(migrations.Migration):
    dependencies = [("users", "0003_index_new_user_fields")]

    operations = [
        migrations.CreateModel(
            name="AuditLog",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("user_id", models.BigIntegerField()),
                ("action", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddIndex("AuditLog", models.Index(fields=["user_id", "created_at"], name="audit_logs_user")),
        # @waive migration-unread owner=ada reason=writes one row into the table that was made above
        migrations.RunPython(write_first_entry, migrations.RunPython.noop),
    ]
