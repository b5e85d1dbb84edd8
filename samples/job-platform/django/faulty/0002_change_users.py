from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial")]

    operations = [
        # NOT NULL without a default that the database knows, under a name that is not the library's.
        # Django takes `default=` away again when the rows are filled.
        migrations.AddField(
            model_name="user",
            name="telephone",
            field=models.CharField(max_length=32, default=""),
        ),
        migrations.RenameField(
            model_name="user",
            old_name="email",
            new_name="mail",
        ),
        migrations.RemoveField(model_name="user", name="name"),
        # An index while nobody may write.
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["last_login"], name="users_last_login"),
        ),
        migrations.AlterField(
            model_name="user",
            name="login_count",
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunPython(lambda apps, schema_editor: None),
        migrations.RunSQL("ALTER TABLE users ALTER COLUMN id TYPE numeric"),
    ]
